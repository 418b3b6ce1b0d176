// Answers scenarios without a browser: one scenario in JSON a line in, one quote
// or error a line out.
//
//   make build
//   node web/examples/answer.mjs scenarios.jsonl > quotes.jsonl
//
// The second argument is the folder of the core, if it is not dist/core/v1.

import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [file, folder = "dist/core/v1"] = process.argv.slice(2);
if (!file) {
  console.error("usage: node web/examples/answer.mjs SCENARIOS.jsonl [FOLDER]");
  process.exit(2);
}
const { load } = await import(pathToFileURL(resolve(folder, "postage.js")).href);
const { answer } = await load();

const began = performance.now();
let count = 0;
for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
  if (line.trim() === "") {
    continue;
  }
  count++;
  if (!process.stdout.write(answer(line) + "\n")) {
    await new Promise((written) => process.stdout.once("drain", written));
  }
}
const seconds = (performance.now() - began) / 1000;
console.error(`${count} answers in ${seconds.toFixed(2)} s, ${Math.round(count / seconds)} a second`);
