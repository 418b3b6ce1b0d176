// A partner's page in TypeScript: every type of <postage-calculator> and <postage-plan>
// used as it is meant, and what the compiler has to refuse.
import type {
  AnyMessage, Answer, Change, ErrorCode, FrameMessage, HostMessage, MessageType, Mistake, Plan, PlanAnswer, PlanChange, PlanFrameMessage, PlanHostMessage, PlanQuote,
  PostageCalculatorElement, PostageEvents, PostagePlanElement, PostagePlanEvents, Problem, Quote, Scenario, Verdict,
} from "./site/embed/v1/postage.js";

const scenario: Scenario = {
  on: "2026-11-21",
  message: { type: "zalo.zns", tag: 1, template: { kind: "custom", approved: true, buttons: 1, image: false } },
  audience: [{ name: "Hoa Mai", recipients: 1000, phone: true, hoursSinceInteraction: null }],
  perRecipient: 2,
  sender: { tool: "openapi", apiVersion: "v3", dailyQuota: 500, promotionBase: [100, 200], billingCurrency: "EUR" },
  assume: { "zalo.consultation.free-cap": "8" },
  pricing: { markupPercent: "10", convert: { currency: "USD", rates: { VND: "0.00004" } } },
};
const types: MessageType[] = ["zalo.uid.consultation", "whatsapp.marketing"];

// @ts-expect-error a type of message that does not exist
types.push("zalo.sms");
// @ts-expect-error a field that does not exist
const misspelled: Scenario = { ...scenario, recipients: 5 };
// @ts-expect-error no audience
const nobody: Scenario = { on: "2026-11-21", message: { type: "zalo.zns" } };
// @ts-expect-error money is a text
const number: Scenario = { ...scenario, pricing: { markupPercent: 10 } };
// @ts-expect-error two months, not three
const months: Scenario = { ...scenario, sender: { promotionBase: [1, 2, 3] } };
// @ts-expect-error a reading that the fact does not have
const reading: Scenario = { ...scenario, assume: { "zalo.consultation.free-cap": "9" } };

const calculator: PostageCalculatorElement = document.createElement("postage-calculator");
const found: PostageCalculatorElement | null = document.querySelector("postage-calculator");
const plain: HTMLElement = calculator;

function total(quote: Quote): string {
  const verdict: Verdict = quote.verdict;
  const [first] = quote.totals ?? [];
  return first ? `${verdict}: ${first.gross} ${first.currency}` : verdict;
}

function onAnswer({ detail }: CustomEvent<Answer>): void {
  console.log(total(detail.quote), detail.scenario.on);
}

calculator.addEventListener("ready", ({ detail }) => console.log(detail.version + 1, detail.versions.length, detail.lang.toUpperCase()));
calculator.addEventListener("quote", onAnswer, { once: true });
calculator.removeEventListener("quote", onAnswer);
calculator.addEventListener("change", ({ detail }) => {
  // Both ways to look at it: by what is there, and by what is not.
  console.log(detail.quote ? total(detail.quote) : detail.mistakes.map((mistake) => mistake.path).join());
  const { quote, mistakes } = detail;
  const first: Mistake | undefined = mistakes?.[0];
  console.log(quote?.totals, first?.message);
});
calculator.addEventListener("lead", ({ detail }) => console.log(total(detail.quote)));
const onProblem = ({ detail }: PostageEvents["error"]): void => {
  const problem: Problem = detail;
  const code: ErrorCode | "not-loaded" = problem.code;
  console.warn(code, problem.message, problem.path?.length);
};
calculator.addEventListener("error", onProblem);
calculator.removeEventListener("error", onProblem);
calculator.addEventListener("click", (event) => event.preventDefault());

// @ts-expect-error the event of an answer has no message
calculator.addEventListener("quote", ({ detail }) => console.log(detail.message));
// @ts-expect-error what came after a change may be no answer
calculator.addEventListener("change", ({ detail }) => console.log(total(detail.quote)));

async function ask(): Promise<void> {
  const answer: Answer = await calculator.set(scenario);
  console.log(total(answer.quote));
  const now = await found?.getQuote();
  const change: Change | undefined = now;
  console.log(change?.quote?.verdict);
  // @ts-expect-error an object, not its JSON
  await calculator.set(JSON.stringify(scenario));
  // @ts-expect-error a promise is not an answer
  console.log(calculator.getQuote().quote);
}

// Without the element: the messages themselves.
function say(frame: Window, message: HostMessage): void {
  frame.postMessage(message, "https://postage.example");
}
say(window, { ns: "postage", v: 1, type: "hello", versions: [1], resize: true });
say(window, { ns: "postage", v: 1, type: "set", id: "a", scenario });
say(window, { ns: "postage", v: 1, type: "get-quote", id: 7 });
say(window, { ns: "postage", v: 1, type: "configure", options: { theme: "dark" } });
// @ts-expect-error only a frame says ready
say(window, { ns: "postage", v: 1, type: "ready", version: 1, versions: [1], lang: "vi" });
// @ts-expect-error another version
say(window, { ns: "postage", v: 2, type: "get-quote" });

function hear(message: FrameMessage): string {
  switch (message.type) {
    case "ready": return message.lang;
    case "quote": return total(message.quote);
    case "change": return message.quote ? total(message.quote) : (message.mistakes ?? []).map((m) => m.message).join();
    case "resize": return `${message.height.toFixed()}px`;
    case "lead": return message.scenario.message.type;
    case "error": return `${message.code} ${message.path ?? ""}`;
  }
}
// The plan, in its element and without.
const plan: Plan = {
  items: [{ name: "Orders", on: "2026-12-01", every: "day", until: "2026-12-31", message: scenario.message, audience: scenario.audience }],
  sender: { tool: "openapi" },
};
// @ts-expect-error a plan has messages
const empty: Plan = { sender: {} };
const months12 = (quote: PlanQuote): string[] => quote.months.map(({ month }) => month);
const planned: PostagePlanElement = document.createElement("postage-plan");
planned.addEventListener("change", ({ detail }) => {
  const change: PlanChange = detail;
  console.log(change.quote ? months12(change.quote) : change.mistakes.map((mistake) => mistake.path));
});
const onLead = ({ detail }: PostagePlanEvents["lead"]): void => {
  const answer: PlanAnswer = detail;
  console.log(answer.plan.items.length, answer.quote.items[0]?.name);
};
planned.addEventListener("lead", onLead);
planned.set(plan).then(({ quote }) => months12(quote));
// @ts-expect-error a scenario is no plan
planned.set(scenario);
const sayPlan: PlanHostMessage = { ns: "postage", v: 1, type: "set", id: 1, plan };
function hearPlan(message: PlanFrameMessage): number {
  return message.type === "quote" ? message.plan.items.length + message.quote.deliverable : 0;
}

const any: AnyMessage = { ns: "postage", v: 1, type: "get-quote" };

export { any, ask, empty, hear, hearPlan, misspelled, sayPlan, months, nobody, number, plain, reading };
