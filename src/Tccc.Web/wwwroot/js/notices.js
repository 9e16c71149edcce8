// Sentences of this page's own behaviours among the notices; refusals of the server come there by page.js.

/** Shows a sentence until it is settled or dismissed with a click; the same one is not stacked. */
export function tell(sentence) {
  if (find(sentence)) return;
  const notice = document.createElement("div");
  notice.className = "notice";
  const alert = document.createElement("div");
  alert.className = "alert";
  alert.setAttribute("role", "alert");
  alert.textContent = sentence;
  notice.append(alert);
  notice.addEventListener("click", () => notice.remove());
  document.getElementById("notices").append(notice);
}

/** Takes a sentence away when what it told of is over. */
export function settle(sentence) {
  find(sentence)?.remove();
}

function find(sentence) {
  return [...document.querySelectorAll("#notices > .notice")].find((notice) => notice.textContent.trim() === sentence);
}
