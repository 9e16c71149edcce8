// Everything the workbench page does by itself.
import "./timer.js";
import "./ring.js";
import "./keys.js";
import "./live.js";
import "./readiness.js";
import { line } from "./line.js";

// What tests and a browser's console may look at.
window.tccc = Object.assign(window.tccc ?? {}, { line });
