// One microphone, open only while it is needed, so that the browser's own sign tells the truth.

let asked = null;

/** The microphone's track, or null when it was put away while it opened; asks the person when the browser wants that. Fails as getUserMedia does. */
export async function take() {
  const mine = asked ??= open();
  try {
    const track = await mine;
    return mine === asked ? track : null;
  } catch (error) {
    if (mine === asked) asked = null;
    throw error;
  }
}

export function release() {
  asked?.then((track) => track.stop(), () => {});
  asked = null;
}

/** Asks for leave to use the microphone while there is time, and gives it back at once. */
export async function askEarly() {
  if (asked || await leave() === "granted") return;
  await take();
  release();
}

/** What the browser says without asking: granted, denied, or prompt (also when it can't say). */
export async function leave() {
  if (!navigator.mediaDevices) return "denied";
  const known = await navigator.permissions?.query({ name: "microphone" }).catch(() => null);
  return known?.state ?? "prompt";
}

/** Whether a microphone is plugged in; true when the browser does not say. */
export async function isThere() {
  const devices = await navigator.mediaDevices?.enumerateDevices?.().catch(() => null);
  return !devices || devices.some(({ kind }) => kind === "audioinput");
}

/** Kept at the root, so that nothing says "ready" over silence: missing, refused, or silent; undefined when all is well. */
export function know(trouble) {
  if (trouble) document.documentElement.dataset.microphone = trouble;
  else delete document.documentElement.dataset.microphone;
}

/** Keeps for this tab whether the person let us have the microphone when they entered. */
export function remember(granted) {
  sessionStorage.setItem("microphone", granted ? "granted" : "refused");
}

/** Whether it will be there for a call, as far as is known. */
export async function expected() {
  const state = await leave();
  return state === "granted" || (state === "prompt" && sessionStorage.getItem("microphone") !== "refused");
}

async function open() {
  // A page that came neither by https nor from localhost has no mediaDevices at all.
  if (!navigator.mediaDevices) throw new DOMException("insecure page", "SecurityError");
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const [track] = stream.getAudioTracks();
  track.addEventListener("mute", () => document.dispatchEvent(new Event("tccc:microphone-silent")));
  track.addEventListener("unmute", () => document.dispatchEvent(new Event("tccc:microphone-heard")));
  track.addEventListener("ended", () => {
    asked = null;
    document.dispatchEvent(new Event("tccc:microphone-lost"));
  });
  return track;
}
