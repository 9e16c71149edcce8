// Rings while something in the page asks for it with data-ring, and no longer than its lease; a hidden page rings on the desktop too. The window's title and
// icon say so, for whoever has another tab in front.
import { onPageChange, text } from "./changes.js";
import { audioContext } from "./sound.js";
import { left } from "./timer.js";

const volume = 0.15;
const every = 3000;
const tick = 250;
const grace = 500;         // ms for the word that the offer is over, which comes by itself as long as there is a link

const title = document.title;
const icon = document.querySelector("link[rel=icon]");
const quiet = icon.href;

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

function show(asking) {
  const words = asking ? `☎ ${asking.dataset.body} · ${text("ringing")}` : title;
  // setting it is a change of the page as well
  if (document.title !== words) document.title = words;
  const wanted = asking ? text("ring-icon") : quiet;
  if (icon.getAttribute("href") !== wanted) icon.href = wanted;
}

/** The lease is over, whether or not the server could say so. */
function expire() {
  const asking = document.querySelector("[data-ring]");
  const until = asking?.querySelector("[data-left]");
  if (until && left(until) < -grace) asking.remove();
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
  show(asking);
  if (!asking) return;
  if (!ringing) begin(asking.dataset.ring);
  notify(asking);
}

onPageChange(follow);
setInterval(expire, tick);
document.addEventListener("visibilitychange", follow);

// Browsers want a click before they let a page ask; the one that goes online is the one that wants calls.
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-goes-online]") && globalThis.Notification?.permission === "default") Notification.requestPermission();
}, { capture: true });
