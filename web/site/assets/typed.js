// What people type into the fields of the page for partners, as the options of the widget
// are written. Numbers are read as the calculator reads them; what it would read otherwise
// than many people mean it is not guessed.
"use strict";

// typedReader returns a reader for the signs of numbers in a language: the one before the
// thousands, the one before the decimals, and the words that append zeros. The reader takes
// the name of an option and a text that is not empty, and returns { value }, or { mistake }:
// "wrong", or "unclear" with the two numbers that it could be.
const typedReader = ({ group, point, zeros }) => {
  class Unclear extends Error {
    constructor(thousands, decimals) {
      super();
      Object.assign(this, { thousands, decimals });
    }
  }

  function fail() {
    throw new RangeError();
  }

  const tidy = (whole, decimals) => {
    const [left, right] = [whole.replace(/^0+(?=\d)/, "") || "0", decimals.replace(/0+$/, "")];
    return right ? left + "." + right : left;
  };

  // plain reads digits with signs between them, as whole digits and decimals.
  function plain(text, careful) {
    if (/^\d{1,3}([ '’]\d{3})+([.,]\d+)?$/.test(text)) text = text.replace(/[ '’]/g, "");
    if (/^\d+$/.test(text)) return [text, ""];
    if (/^\d{1,3}([.,])\d{3}(\1\d{3})+$/.test(text)) return [text.replace(/[.,]/g, ""), ""];
    const [, thousands, first, last, behind] = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?!\2)([.,])(\d+)$/.exec(text) ?? [];
    if (thousands) return first === point && last === group ? fail() : [thousands.replaceAll(first, ""), behind];
    const [, whole, sign, decimals] = /^(\d*)([.,])(\d+)$/.exec(text) ?? fail();
    if (/^[1-9]\d{0,2}$/.test(whole) && decimals.length === 3) {
      if (sign === group) return [whole + decimals, ""];
      if (careful) {
        const few = tidy(whole, decimals);
        throw new Unclear(whole + decimals, few.replace(".", point) + (few.split(".")[1]?.length === 3 ? "0" : ""));
      }
    }
    return [whole, decimals];
  }

  // number reads a number with a word behind it that makes it larger, and with digits behind
  // that, as in 1tr5.
  function number(text, careful) {
    const [, digits, word, rest] = /^\+?([\d.,'’ ]*\d)\s*(?:(\p{L}+)\.?\s*(\d*))?$/u.exec(text) ?? fail();
    let [whole, decimals] = plain(digits, careful);
    if (word) {
      if (!Object.hasOwn(zeros, word) || rest && decimals) fail();
      decimals = (decimals + rest).padEnd(zeros[word], "0");
      whole += decimals.slice(0, zeros[word]);
      decimals = decimals.slice(zeros[word]);
    }
    return tidy(whole, decimals);
  }

  const currencies = { vnd: "VND", vnđ: "VND", "₫": "VND", đ: "VND", đồng: "VND", донг: "VND", донга: "VND", донгов: "VND", usd: "USD", us$: "USD", $: "USD", eur: "EUR", "€": "EUR" };
  const marks = Object.keys(currencies).sort((a, b) => b.length - a.length).join("|").replaceAll("$", "\\$");
  const amount = new RegExp(`^(${marks})?\\s*(.*?)\\s*(${marks})?$`);

  function amounts(text) {
    const found = new Map();
    // A comma between two digits belongs to a number.
    for (const one of text.split(/;|,(?!\d)|(?<!\d),/)) {
      const [, before, digits, after] = amount.exec(one.trim());
      const [currency, other = currency] = [before, after].filter(Boolean).map((mark) => currencies[mark]);
      if (currency !== other || found.has(currency ?? "VND")) fail();
      found.set(currency ?? "VND", number(digits, true));
    }
    if (found.size === 1 && found.has("VND")) return found.get("VND");
    return [...found].map((pair) => pair.join(" ")).join(", ");
  }

  const percent = (text) => number(text.replace(/\s*%$/, ""), false);

  function lead(text) {
    if (/^event$/i.test(text)) return "event";
    const [, post] = /^(?:mailto:\s*)?([^\s@?#/:]+@[^\s@?#/:]+\.[^\s@?#/:.]+)$/i.exec(text) ?? [];
    if (post) return "mailto:" + post;
    // An address without its beginning.
    return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(:\d+)?([/?]|$)/u.test(text) ? "https://" + text : text;
  }

  const numbers = (read) => (text) => read(text.normalize("NFC").toLowerCase().replace(/\s+/g, " "));
  const readers = {
    "markup-percent": numbers(percent), "tax-percent": numbers(percent),
    "markup-per-message": numbers(amounts), "monthly-fee": numbers(amounts), lead,
  };

  return (name, text) => {
    try {
      const value = readers[name] ? readers[name](text) : text;
      optionReaders[name](value); // options.js, which stands before this script
      return { value };
    } catch (err) {
      if (err instanceof Unclear) return { mistake: "unclear", thousands: err.thousands, decimals: err.decimals };
      if (err instanceof RangeError) return { mistake: "wrong" };
      throw err;
    }
  };
};
