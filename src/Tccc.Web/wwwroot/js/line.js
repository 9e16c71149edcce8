// The agent's line: one WebRTC connection to the server, opened when the agent goes online and kept warm. It has no track
// until a call. The microphone opens when a number is called, and while it rings: a headset may need a second for that, and the agent's first words would be
// lost. Answering adds it to what is already there; before that nothing of it leaves the page.
import { settle, tell } from "./notices.js";
import * as microphone from "./microphone.js";
import { onPageChange, text } from "./changes.js";
import { play } from "./sound.js";

const tick = 1000;
const slowAfter = 10;      // ticks an opening may take
const silentAfter = 6;     // ticks without an answer to a connectivity check; Chromium checks at least every 2.5 s
const deniedAfter = 4;     // ticks the server may say that the line is down while it looks up from here
const patience = 5000;     // ms from the click on Answer until the microphone is given back when no call came of it
const firstWait = 500;
const longestWait = 15000;

const audio = document.createElement("audio");
audio.id = "line-audio";
audio.autoplay = true;
document.body.append(audio);

let connection = null;
let sender = null;
let state = "closed";      // closed, opening, connected, waiting (to try again), refused (signed out or taken over)
let tries = 0;
let retry = 0;
let watched = null;
let answering = 0;
let renewed = "";            // the silent line that the server asked to be replaced last
let refused = false;         // the microphone, for this call; a new click on Answer asks again

/** What keeps the microphone from us, each with its own sentence; Media Capture and Streams §10.2 names the errors. */
const failure = ({ name }) => ({ SecurityError: "insecure-page", NotFoundError: "microphone-none", NotReadableError: "microphone-busy" })[name] ?? "microphone-refused";
const failures = ["insecure-page", "microphone-none", "microphone-busy", "microphone-refused"];

const place = () => document.getElementById("line");
const inCall = () => document.querySelector("[data-live]") !== null;
const rings = () => document.querySelector("[data-answer]") !== null;

/** Kept at the root too, so that the look follows what is known here before the server knows it. */
function become(next) {
  state = document.documentElement.dataset.line = next;
}

/** What is known of the line from here. */
export const line = Object.freeze({
  get state() { return state; },
  get connection() { return connection; },
  get sending() { return sender?.track?.readyState === "live"; },
});

async function open() {
  clearTimeout(retry);
  const mine = connection = new RTCPeerConnection();
  become("opening");
  watched = { ticks: 0, silent: 0, denied: 0, answers: -1 };
  mine.ontrack = ({ track }) => {
    audio.srcObject = new MediaStream([track]);
    play(audio);
  };
  mine.onconnectionstatechange = () => moved(mine);
  sender = mine.addTransceiver("audio", { direction: "sendrecv" }).sender;
  try {
    await mine.setLocalDescription();
    const answer = await post(mine.localDescription.sdp);
    if (mine === connection && answer) await mine.setRemoteDescription({ type: "answer", sdp: answer });
  } catch (error) {
    if (mine === connection) again(error);
  }
}

async function post(sdp) {
  const reply = await fetch(place().dataset.post, {
    method: "POST",
    headers: { "Content-Type": "application/sdp", "HX-Request": "true" },
    body: sdp,
  });
  if (reply.ok) return reply.text();
  if (reply.status === 401 && !(inCall() && reply.headers.get("Session-Ended"))) {
    stop("refused");
    await window.tccc.again();
    become("closed");
    follow();
    return null;
  }
  throw new Error(`line refused with ${reply.status}`);
}

function moved(mine) {
  if (mine !== connection) return;
  if (mine.connectionState === "connected") {
    become("connected");
    tries = 0;
    settle(text("line-lost"));
    follow();
  } else if (["failed", "closed"].includes(mine.connectionState)) again();
}

function drop() {
  clearTimeout(retry);
  connection?.close();
  connection = sender = watched = null;
}

function close() {
  stop("closed");
  tries = 0;
}

function stop(why) {
  drop();
  become(why);
}

/** Makes a new line after a while that grows with every try; half of it by chance, so that many browsers do not come at once. */
function again() {
  drop();
  become("waiting");
  if (tries === 2) tell(text("line-lost"));
  const wait = Math.min(longestWait, firstWait * 2 ** tries++);
  retry = setTimeout(follow, wait * (0.5 + Math.random() / 2), "now");
}

function follow(now) {
  if (document.querySelector("[data-taken]")) {
    stop("refused");
  } else if (place()?.dataset.wanted !== "true") close();
  else if (state === "closed" || (state === "waiting" && now)) open();
  else renew();
  speak();
}

/** Nothing of ours reaches the server, which asks for a new line. Without a microphone that would change nothing. */
function renew() {
  const asked = place().dataset.renew ?? "";
  if (asked === renewed) return;
  renewed = asked;
  if (!asked || state !== "connected" || !line.sending) return;
  drop();
  open();
}

async function speak() {
  const current = sender;
  if (inCall() && answering) {
    clearTimeout(answering);
    answering = 0;
  }
  const talks = inCall() || answering;
  // looked at again once the track is gone: a call that came meanwhile found it still there
  if (!talks && current?.track) current.replaceTrack(null).then(speak, () => {});
  if (!talks && !rings()) {
    microphone.release();
    if (refused) failures.forEach((failure) => settle(text(failure)));
    settle(text("microphone-silent"));
    refused = false;
    return;
  }
  if (!current || current.track || refused) return;
  // a caller must not bring up the browser's question: only the click on Answer may
  if (!talks && (await microphone.leave() !== "granted" || !rings())) return;
  try {
    const track = await microphone.take();
    microphone.know();
    failures.forEach((failure) => settle(text(failure)));
    if (track && current === sender && !current.track && (inCall() || answering)) await current.replaceTrack(track);
    if (track?.muted) silent();
  } catch (error) {
    refused = true;
    microphone.know("refused");
    tell(text(failure(error)));
  }
}

/** Sees what events do not tell: a server that is gone, or one that forgot this line. */
async function watch() {
  const [mine, seen] = [connection, watched];
  if (!mine) return;
  if (state === "opening" && ++seen.ticks > slowAfter) return again();
  if (state !== "connected") return;
  let answers = 0;
  (await mine.getStats()).forEach((entry) => {
    if (entry.type === "candidate-pair") answers += entry.responsesReceived ?? 0;
  });
  if (mine !== connection) return;
  seen.silent = answers === seen.answers ? seen.silent + 1 : 0;
  seen.answers = answers;
  seen.denied = place()?.dataset.up === "false" ? seen.denied + 1 : 0;
  if (seen.silent > silentAfter || seen.denied > deniedAfter) again();
}

document.addEventListener("click", ({ target }) => {
  if (!place() || place().dataset.wanted !== "true") return;
  if (target.closest?.("[data-answer], [data-dials]")) {
    refused = false;
    clearTimeout(answering);
    answering = setTimeout(() => { answering = 0; speak(); }, patience);
    speak();
  }
}, { capture: true });
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-goes-online]")) microphone.askEarly().catch((error) => tell(text(failure(error))));
}, { capture: true });
document.addEventListener("tccc:microphone-lost", () => {
  if (inCall()) microphone.know("lost");
  sender?.replaceTrack(null).then(speak);
});
function silent() {
  if (!inCall() && !answering) return;
  microphone.know("silent");
  tell(text("microphone-silent"));
}

document.addEventListener("tccc:microphone-silent", silent);
document.addEventListener("tccc:microphone-heard", () => {
  microphone.know();
  settle(text("microphone-silent"));
});
// a headset that is plugged in during the call is taken at once
navigator.mediaDevices?.addEventListener?.("devicechange", () => {
  if (!refused || !inCall()) return;
  refused = false;
  speak();
});
addEventListener("online", () => state === "waiting" && follow("now"));
addEventListener("pagehide", close);
addEventListener("pageshow", ({ persisted }) => persisted && follow());

onPageChange(() => follow());
setInterval(watch, tick);
