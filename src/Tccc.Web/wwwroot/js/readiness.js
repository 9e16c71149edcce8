// A word at the workbench about what would fail at the first call: no microphone, or a page that the browser lets make no sound yet.
import { onPageChange, text } from "./changes.js";
import { expected, isThere, know } from "./microphone.js";
import { settle, tell } from "./notices.js";
import { audioContext } from "./sound.js";

const whileItStarts = 1500;

function sound() {
  const context = audioContext();
  if (context.state === "running") settle(text("sound-locked"));
  else tell(text("sound-locked"));
}

let wanted;

/** Whoever speaks at a desk phone needs none here. */
async function microphone() {
  wanted = document.getElementById("line")?.dataset.wanted !== "false" || document.getElementById("agent-state")?.dataset.state === "offline";
  // in a call the line knows better
  if (document.querySelector("[data-live]")) return;
  const trouble = !wanted ? null : !await expected() ? "microphone-missing" : !await isThere() ? "no-microphone" : null;
  know(trouble && "missing");
  for (const sentence of ["microphone-missing", "no-microphone"]) {
    if (sentence === trouble) tell(text(sentence));
    else settle(text(sentence));
  }
}

let inCall = false;
onPageChange(() => {
  const now = document.querySelector("[data-live]") !== null;
  const line = document.getElementById("line")?.dataset.wanted !== "false" || document.getElementById("agent-state")?.dataset.state === "offline";
  if ((inCall && !now) || line !== wanted) microphone();
  inCall = now;
});
microphone();
navigator.permissions?.query({ name: "microphone" }).then((leave) => leave.addEventListener("change", microphone), () => {});
navigator.mediaDevices?.addEventListener?.("devicechange", microphone);
audioContext().addEventListener("statechange", sound);
setTimeout(sound, whileItStarts);
