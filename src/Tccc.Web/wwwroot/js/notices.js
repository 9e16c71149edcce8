// Sentences of this page's own behaviours among the notices (page.js), as long as what they tell of lasts.

/** Shows a sentence until it is settled or closed; the same one is not stacked. */
export const tell = (sentence) => window.tccc.say(sentence, true);

/** Takes a sentence away when what it told of is over. */
export function settle(sentence) {
  [...document.querySelectorAll("#notices > .notice")].find((notice) => notice.textContent.trim() === sentence)?.remove();
}
