// Says to screen readers what came, once: the words of data-announce.
import { onPageChange } from "./changes.js";

const region = document.createElement("div");
region.className = "visually-hidden";
region.setAttribute("aria-live", "assertive");
document.body.append(region);

let said = new Set();

// the same words of another thing are news
const keyOf = (element) => `${element.id} ${element.dataset.announce}`;

onPageChange(() => {
  const told = [...document.querySelectorAll("[data-announce]")];
  const news = told.filter((element) => !said.has(keyOf(element)));
  said = new Set(told.map(keyOf));
  if (news.length) region.textContent = news.map((element) => element.dataset.announce).join(". ");
});
