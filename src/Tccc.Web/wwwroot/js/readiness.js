// A word at the workbench about what would fail at the first call: no microphone, or a page that the browser lets make no sound yet.
import { text } from "./changes.js";
import { expected } from "./microphone.js";
import { settle, tell } from "./notices.js";
import { audioContext } from "./sound.js";

const whileItStarts = 1500;

function sound() {
  const context = audioContext();
  if (context.state === "running") settle(text("sound-locked"));
  else tell(text("sound-locked"));
}

async function microphone() {
  if (await expected()) settle(text("microphone-missing"));
  else tell(text("microphone-missing"));
}

microphone();
navigator.permissions?.query({ name: "microphone" }).then((leave) => leave.addEventListener("change", microphone), () => {});
audioContext().addEventListener("statechange", sound);
setTimeout(sound, whileItStarts);
