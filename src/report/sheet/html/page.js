
"use strict";
(() => {
  const table = document.getElementById("results");
  const heads = [...table.tHead.rows[0].cells];
  const text = (row, at) => {
    const cell = row.cells[at];
    return cell.dataset.key ?? cell.textContent.trim();
  };
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
  const sort = (at) => {
    const down = heads[at].getAttribute("aria-sort") === "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[at].setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = [...table.tBodies[0].rows].map((row) => [text(row, at), row]);
    keyed.sort(([a], [b]) => {
      // What is unknown comes last in both directions.
      if (a === "" || b === "") return (a === "") - (b === "");
      return down ? compare(b, a) : compare(a, b);
    });
    const sorted = document.createDocumentFragment();
    keyed.forEach(([, row]) => sorted.append(row));
    table.tBodies[0].append(sorted);
  };
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(at));
    head.append(button);
  });
})();
