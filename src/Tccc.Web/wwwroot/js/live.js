// Says to screen readers what came, once: the words of data-announce.
import { onPageChange } from "./changes.js";

const region = document.createElement("div");
region.className = "visually-hidden";
region.setAttribute("aria-live", "assertive");
document.body.append(region);

let said = new Set();

onPageChange(() => {
  const words = [...document.querySelectorAll("[data-announce]")].map((element) => element.dataset.announce);
  const news = words.filter((word) => !said.has(word));
  said = new Set(words);
  if (news.length) region.textContent = news.join(". ");
});
