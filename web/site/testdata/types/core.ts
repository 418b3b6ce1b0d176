// The rules without a page in TypeScript: every type of the core used as it is
// meant, and what the compiler has to refuse.
import { load } from "./site/core/v1/postage.js";
import type { Answered, Asked, Core, Draft, Plan, Planned, PlanQuote, Quote, Refusal, Scenario, Turned } from "./site/core/v1/postage.js";

const scenario: Scenario = {
  on: "2026-11-21", message: { type: "zalo.uid.consultation" }, audience: [{ recipients: 1000, uid: true, hoursSinceInteraction: 30 }],
};

const plan: Plan = {
  items: [{
    name: "reminder", on: "2026-12-01", every: "day", until: "2026-12-31", message: { type: "zalo.zns", tag: 1, template: { kind: "custom" } },
    audience: [{ recipients: 150, phone: true }], samePeople: true, tool: "openapi",
  }],
  sender: { includedMessages: 100, includedPerMonth: 500 }, pricing: { currency: "VND", monthlyFee: "49000" }, balance: { VND: "2000000" },
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
  const draft: Draft = { on: "2026-11-21", message: { type: "zalo.zns" } };
  const asked: Asked = core.questions(draft);
  console.log(asked.error ? asked.error.path : asked.questions.length);
  const planned: Planned = core.plan(plan);
  if (!planned.error) {
    const whole: PlanQuote = planned;
    console.log(whole.balance?.["VND"]?.runsOut, whole.months[0]?.used.promotion?.limit, whole.days[0]?.overQuota, whole.items[0]?.checks[0]?.on, whole.months[0]?.lines[0]?.currency);
  }
  const turned: Turned = core.most(scenario, "2000000");
  console.log(turned.error ? turned.error.path : turned.most + turned.quote.verdict, core.plan(JSON.stringify(plan)).length, core.most("{}", "5").length);
  // @ts-expect-error a budget is a decimal string
  core.most(scenario, 2000000);
  // @ts-expect-error a rhythm that is none
  core.plan({ items: [{ ...plan.items[0]!, every: "year" }] });
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
