// The rules without a page in TypeScript: every type of the core used as it is
// meant, and what the compiler has to refuse.
import { load } from "./site/core/v1/postage.js";
import type { Answered, Core, Quote, Refusal, Scenario } from "./site/core/v1/postage.js";

const scenario: Scenario = {
  on: "2026-11-21", message: { type: "zalo.uid.consultation" }, audience: [{ recipients: 1000, uid: true, hoursSinceInteraction: 30 }],
};

export async function main(bytes: ArrayBuffer, module: WebAssembly.Module): Promise<string> {
  const core: Core = await load();
  await load({ wasm: "https://cdn.example/postage.wasm" });
  await load({ wasm: new URL("https://cdn.example/postage.wasm") });
  await load({ wasm: bytes });
  await load({ wasm: new Uint8Array(bytes) });
  await load({ wasm: module });
  await load({});
  // @ts-expect-error not where a program is
  await load({ wasm: 7 });
  // @ts-expect-error there is no such option
  await load({ url: "https://cdn.example/postage.wasm" });

  const text: string = core.answer(JSON.stringify(scenario));
  const answer: Answered = core.answer(scenario);
  const { answer: loose } = core;
  const quote = loose(scenario);
  if (quote.error) {
    const refusal: Refusal = quote;
    const code: string = refusal.error.code === "internal" ? "a mistake of the rules" : refusal.error.code;
    return `${code} ${refusal.error.path} ${refusal.error.message}`;
  }
  const sound: Quote = quote;
  console.log(sound.segments[0]?.checks[0]?.outcome === "pass", sound.lines.length);
  // @ts-expect-error it may be a refusal
  console.log(answer.verdict);
  // @ts-expect-error a text is answered by a text
  console.log(core.answer("{}").verdict);
  // @ts-expect-error neither a scenario nor a text
  core.answer({ on: 5 });
  // @ts-expect-error it is not to be changed
  core.built = "2026-11-21";
  return text + core.built + core.version + `${quote.verdict}: ${quote.totals?.[0]?.gross} ${quote.totals?.[0]?.currency}`;
}
