// «Get code» can be pressed again when the seconds beside it are over.
const step = 250;
let waiting = null;

function follow() {
  const left = document.querySelector('[data-seconds-left]');
  if (!left || left === waiting?.left) return;
  clearInterval(waiting?.timer);
  const until = performance.now() + Number(left.dataset.secondsLeft) * 1000;
  const tick = () => {
    const seconds = Math.ceil((until - performance.now()) / 1000);
    left.textContent = seconds > 0 ? `(${seconds})` : '';
    left.parentElement.disabled = seconds > 0;
    if (seconds <= 0) clearInterval(waiting.timer);
  };
  waiting = { left, timer: setInterval(tick, step) };
  tick();
}

// the part with the button came anew
document.addEventListener('htmx:afterSettle', follow);
follow();
