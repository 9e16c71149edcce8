// The demo's browser phone: a customer without a telephone. One call at a time, over its own WebRTC connection. While the page is open it is the
// outside world: what agents dial rings here.

const page = document.getElementById("phone");
const form = page.querySelector("form");
const shown = page.querySelector("[data-phone-state]");
const timer = page.querySelector("[data-phone-timer]");
const [callButton, answerButton, hangUpButton] = ["call", "answer", "hangup"].map((name) => page.querySelector(`[data-phone-${name}]`));
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
  answerButton.hidden = phase !== "rings";
  callButton.hidden = phase === "rings";
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
  ended.connection?.close();
  show("ended", sentence);
}

/** Our end of the sound, and the offer of it. */
async function connect(mine) {
  mine.connection = new RTCPeerConnection();
  mine.connection.ontrack = ({ track }) => {
    audio.srcObject = new MediaStream([track]);
    audio.play();
  };
  mine.sender = mine.connection.addTransceiver("audio", { direction: "sendrecv" }).sender;
  mine.microphone = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => null);
  // it was asked for while the call ended
  if (call !== mine) {
    mine.microphone?.getTracks().forEach((track) => track.stop());
    mine.connection.close();
    throw new Error("The call is over.");
  }
  page.querySelector("[data-phone-deaf]").hidden = !!mine.microphone;
  if (mine.microphone) await mine.sender.replaceTrack(mine.microphone.getAudioTracks()[0]);
  await mine.connection.setLocalDescription();
  return mine.connection.localDescription.sdp;
}

async function post(address, body) {
  const reply = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return { ok: reply.ok, said: await reply.json() };
}

async function dial(mine) {
  call = mine;
  show("calling", word("calling"));
  count();
  const offer = await connect(mine);
  const { ok, said } = await post("/demo/phone/calls", { number: form.elements.number.value, caller: form.elements.caller.value, offer });
  if (!ok) {
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

function ring({ call: id, number, from }) {
  if (call) {
    hangUp({ id, busy: true });
    return;
  }
  call = { id, clock: setInterval(count, 250) };
  show("rings", word("rings").replace("{0}", from).replace("{1}", number));
  count();
  follow(call);
}

async function answer(mine) {
  if (!mine?.id || mine.connection) return;
  show("calling", word("calling"));
  const offer = await connect(mine);
  const { ok, said } = await post(`/demo/phone/calls/${mine.id}/answer`, { offer });
  if (call !== mine) return;
  if (ok) await mine.connection.setRemoteDescription({ type: "answer", sdp: said.answer });
  else end(said.sentence);
}

function follow(mine) {
  mine.events = new EventSource(`/demo/phone/calls/${mine.id}/events`);
  mine.events.addEventListener("state", ({ data }) => {
    const { phase, sentence } = JSON.parse(data);
    if (call !== mine) return;
    if (phase === "ended") return end(sentence);
    if (phase === "answered") mine.answeredAt ??= performance.now();
    // what rings here has said so already
    if (phase !== "ringing" || page.dataset.phase !== "rings") show(phase, sentence);
  });
}

function hangUp({ id, busy }) {
  if (id) fetch(`/demo/phone/calls/${id}${busy ? "?busy=true" : ""}`, { method: "DELETE", keepalive: true });
}

function fail(mine) {
  if (call !== mine) return;
  end(word("failed"));
  hangUp(mine);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (call) return;
  const mine = { clock: setInterval(count, 250) };
  dial(mine).catch(() => fail(mine));
});
answerButton.addEventListener("click", () => {
  const mine = call;
  answer(mine).catch(() => fail(mine));
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
new EventSource("/demo/phone/outside").addEventListener("ring", ({ data }) => ring(JSON.parse(data)));

show("idle", word("ready"));
count();
