// Everything the workbench page does by itself.
import "./timer.js";
import "./ring.js";
import "./keys.js";
import "./keypad.js";
import "./live.js";
import "./readiness.js";
import "./focus.js";
import "./later.js";
import "./note.js";
import "./seen.js";
import "./dial.js";
import { line } from "./line.js";

// what is half typed stays, whatever comes for the place it stands in, and so does the keypad while it is open
const stays = (old) => old.matches?.("[data-keypad]:popover-open, input:focus, textarea:focus") || (old.dataset && "kept" in old.dataset && old.value);
window.Idiomorph.defaults.callbacks.beforeNodeMorphed = (old) => !stays(old);

// What tests and a browser's console may look at.
window.tccc = Object.assign(window.tccc ?? {}, { line });
