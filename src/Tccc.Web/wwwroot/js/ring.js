// Rings while something in the page asks for it with data-ring; a hidden page rings on the desktop too.
import { onPageChange } from "./changes.js";
import { audioContext } from "./sound.js";

const volume = 0.15;
const every = 3000;

let ringing = null;
let notice = null;

/** Two soft strokes, a fifth apart. */
function stroke() {
  const context = audioContext();
  if (context.state === "suspended") context.resume();
  for (const [pitch, begin] of [[587.33, 0], [880, 0.18], [587.33, 0.7], [880, 0.88]]) {
    const at = context.currentTime + begin;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.linearRampToValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(volume, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
    const tone = new OscillatorNode(context, { frequency: pitch, type: "triangle" });
    tone.connect(gain).connect(ringing.out);
    tone.start(at);
    tone.stop(at + 0.55);
  }
}

function begin(id) {
  const out = new GainNode(audioContext());
  out.connect(audioContext().destination);
  ringing = { id, out, timer: setInterval(stroke, every) };
  stroke();
}

function end() {
  if (!ringing) return;
  clearInterval(ringing.timer);
  ringing.out.disconnect();
  ringing = null;
  notice?.close();
  notice = null;
}

function notify({ dataset }) {
  if (notice || !document.hidden || globalThis.Notification?.permission !== "granted") return;
  notice = new Notification(dataset.title, { body: dataset.body, tag: dataset.ring, requireInteraction: true });
  notice.onclick = () => window.focus();
}

function follow() {
  const asking = document.querySelector("[data-ring]");
  if (ringing && ringing.id !== asking?.dataset.ring) end();
  if (!asking) return;
  if (!ringing) begin(asking.dataset.ring);
  notify(asking);
}

onPageChange(follow);
document.addEventListener("visibilitychange", follow);

// Browsers want a click before they let a page ask; the one that goes online is the one that wants calls.
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-goes-online]") && globalThis.Notification?.permission === "default") Notification.requestPermission();
}, { capture: true });
