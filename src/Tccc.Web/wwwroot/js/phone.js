// The demo's browser phone: a customer without a telephone. One call at a time, over its own WebRTC connection.

const page = document.getElementById("phone");
const form = page.querySelector("form");
const shown = page.querySelector("[data-phone-state]");
const timer = page.querySelector("[data-phone-timer]");
const [callButton, hangUpButton] = [page.querySelector("[data-phone-call]"), page.querySelector("[data-phone-hangup]")];
const keys = [...page.querySelectorAll("[data-digit]")];
const audio = page.querySelector("audio");
const word = (name) => page.querySelector(`template[data-text="${name}"]`).innerHTML.trim();

let call = null;

function show(phase, sentence) {
  page.dataset.phase = phase;
  shown.textContent = sentence;
  const busy = phase !== "idle" && phase !== "ended";
  callButton.disabled = busy;
  hangUpButton.disabled = !busy;
  form.elements.number.readOnly = form.elements.caller.readOnly = busy;
}

function count() {
  const seconds = call?.answeredAt ? Math.floor((performance.now() - call.answeredAt) / 1000) : 0;
  timer.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

function end(sentence) {
  if (!call) return;
  const ended = call;
  call = null;
  clearInterval(ended.clock);
  ended.events?.close();
  ended.microphone?.getTracks().forEach((track) => track.stop());
  ended.connection.close();
  show("ended", sentence);
}

async function dial() {
  const mine = call = { connection: new RTCPeerConnection(), clock: setInterval(count, 250) };
  show("calling", word("calling"));
  count();
  mine.connection.ontrack = ({ track }) => {
    audio.srcObject = new MediaStream([track]);
    audio.play();
  };
  mine.sender = mine.connection.addTransceiver("audio", { direction: "sendrecv" }).sender;
  mine.microphone = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => null);
  page.querySelector("[data-phone-deaf]").hidden = !!mine.microphone;
  if (mine.microphone) await mine.sender.replaceTrack(mine.microphone.getAudioTracks()[0]);
  await mine.connection.setLocalDescription();
  const reply = await fetch("/demo/phone/calls", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ number: form.elements.number.value, caller: form.elements.caller.value, offer: mine.connection.localDescription.sdp }),
  });
  const said = await reply.json();
  if (!reply.ok) {
    if (call === mine) end(said.sentence);
    return;
  }
  mine.id = said.call;
  if (call !== mine) {
    hangUp(mine);
    return;
  }
  await mine.connection.setRemoteDescription({ type: "answer", sdp: said.answer });
  follow(mine);
}

function follow(mine) {
  mine.events = new EventSource(`/demo/phone/calls/${mine.id}/events`);
  mine.events.addEventListener("state", ({ data }) => {
    const { phase, sentence } = JSON.parse(data);
    if (call !== mine) return;
    if (phase === "ended") return end(sentence);
    if (phase === "answered") mine.answeredAt ??= performance.now();
    show(phase, sentence);
  });
}

function hangUp({ id }) {
  if (id) fetch(`/demo/phone/calls/${id}`, { method: "DELETE", keepalive: true });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!call) dial().catch(() => end(word("failed")));
});
hangUpButton.addEventListener("click", () => {
  const ended = call;
  end(word("hung-up"));
  if (ended) hangUp(ended);
});
keys.forEach((key) => key.addEventListener("click", () => {
  if (!call) form.elements.number.value += key.dataset.digit;
  else if (call.answeredAt) call.sender.dtmf?.insertDTMF(key.dataset.digit);
}));
page.querySelector("[data-phone-erase]").addEventListener("click", () => {
  if (!call) form.elements.number.value = form.elements.number.value.slice(0, -1);
});
page.querySelectorAll("[data-number]").forEach((choice) => choice.addEventListener("click", () => {
  if (!call) form.elements.number.value = choice.dataset.number;
}));
addEventListener("pagehide", () => call && hangUp(call));

show("idle", word("ready"));
count();
