// A browser lets a page make sound after the person touched it; the click that goes online is such a touch.

let context = null;
const waiting = new Set();

export function audioContext() {
  context ??= new AudioContext();
  return context;
}

/** Plays an <audio> now, or at the person's next touch when the browser does not allow it yet. */
export function play(audio) {
  audio.play().then(() => waiting.delete(audio), () => waiting.add(audio));
}

function unlock() {
  if (context?.state === "suspended") context.resume();
  waiting.forEach(play);
}

for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, unlock, { capture: true, passive: true });
