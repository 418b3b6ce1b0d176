// What the widget takes as its options: the frame reads them so, and the page for partners
// puts nothing else into the lines to copy.
"use strict";

// A reader returns what an option means, and throws a RangeError that says what would be right.
const optionReaders = (() => {
  function fail(wanted) {
    throw new RangeError(wanted);
  }

  const word = (...words) => (text) => words.includes(text) ? text : fail(`one of ${words.join(", ")}`);
  const label = (text) => text.length <= 60 ? text : fail("at most 60 characters");
  const colour = (text) => /^#?[0-9a-f]{6}$/i.test(text) ? "#" + text.slice(-6).toLowerCase() : fail("a colour of six hexadecimal digits, such as 1f4fa0");
  const amount = (most) => (text) =>
    /^\d{1,13}(\.\d{1,12})?$/.test(text) && Number(text) <= most ? text : fail(`a decimal from 0 to ${most}, such as 12.5`);

  // amounts are one in dong, such as 200, or some with their currencies, such as
  // "VND 200, USD 0.008".
  const amounts = (text) => text.split(",").map((one) => {
    const [, currency = "VND", number] = /^\s*(?:(VND|USD|EUR)\s+)?(\S+)\s*$/.exec(one) ?? fail('amounts such as 200 or "VND 200, USD 0.008"');
    return [currency, amount(1e12)(number)];
  });

  const secure = (text) => URL.canParse(text) && new URL(text).protocol === "https:" && !text.includes("#") && new URL(text).href;

  const readers = {
    theme: word("auto", "light", "dark"),
    date: (text) => {
      const day = new Date(text + "T00:00:00Z");
      return /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(day) && day.toISOString().startsWith(text) ? text : fail("a day such as 2026-01-31");
    },
    "markup-percent": amount(10000),
    "markup-per-message": amounts,
    "monthly-fee": amounts,
    "tax-percent": amount(10000),
    pricing: word("edit", "fixed"),
    partner: label,
    readonly: (text) => word("", "true", "false")(text) !== "false",
    page: (text) => secure(text) || fail("an https address without a #"),
    lead: (text) => text === "event" || /^mailto:[^?#\s]+@[^?#\s]+$/.test(text) ? text
      : secure(text) || fail("an https address without a #, mailto: and an address, or event"),
    "lead-label": label,
    radius: (text) => /^\d{1,2}$/.test(text) && Number(text) <= 24 ? text : fail("whole pixels from 0 to 24"),
    font: word("system", "serif", "rounded"),
  };
  for (const name of ["paper", "card", "ink", "accent"]) readers[name] = readers[name + "-dark"] = colour;
  return readers;
})();
