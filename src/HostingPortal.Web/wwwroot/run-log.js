// The run page's log: tells the server where the reader is, keeps the view at the end while it follows, marks places in the address, and the keys.
const views = new WeakMap();
const near = 24;

export function attach(box, net) {
  const off = new AbortController();
  const on = (target, type, handler, options = {}) => target.addEventListener(type, handler, { ...options, signal: off.signal });
  const tell = (name, ...values) => net.invokeMethodAsync(name, ...values).catch(() => {});
  const atEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < near;

  // What the server says (data-follow) holds until the reader moves; then the view stands still at once, before the server knows.
  let held = false;
  let anchor = 0;
  const following = () => !held && "follow" in box.dataset;
  const stick = () => { if (following()) box.scrollTop = box.scrollHeight; };
  const pause = () => {
    if (!following()) return;
    held = true;
    tell("ReaderMoved");
  };

  const drawn = new MutationObserver(changes => {
    if (changes.some(c => c.attributeName === "data-follow")) held = false;
    stick();
  });
  drawn.observe(box, { childList: true, subtree: true, attributes: true, attributeFilter: ["style", "data-follow"] });

  let waiting = false;
  let height = 0;
  const report = () => {
    waiting = false;
    if (following() && height === box.clientHeight) return;
    height = box.clientHeight;
    tell("Scrolled", box.scrollTop, box.clientHeight, atEnd());
  };
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(report);
  };

  on(box, "scroll", () => {
    if (following() && !atEnd()) pause();
    later();
  }, { passive: true });
  on(box, "wheel", e => e.deltaY < 0 && pause(), { passive: true });
  let touch = 0;
  on(box, "touchstart", e => { touch = e.touches[0].clientY; }, { passive: true });
  on(box, "touchmove", e => e.touches[0].clientY > touch + 8 && pause(), { passive: true });
  on(box, "keydown", e => ["PageUp", "Home", "ArrowUp"].includes(e.key) && pause());
  on(document, "selectionchange", () => {
    const chosen = document.getSelection();
    if (chosen && !chosen.isCollapsed && box.contains(chosen.anchorNode)) pause();
  });

  // A number is the address of its line or task; choosing one must not load the page again.
  on(box, "click", e => {
    const link = e.target.closest("[data-place]");
    if (!link || e.ctrlKey || e.metaKey) return;
    e.preventDefault();
    e.stopPropagation();
    const line = Number(link.dataset.place.match(/^L(\d+)$/)?.[1] ?? 0);
    const range = e.shiftKey && anchor && line ? [Math.min(anchor, line), Math.max(anchor, line)] : null;
    if (line && !range) anchor = line;
    place(range ? `L${range[0]}-L${range[1]}` : link.dataset.place);
    document.getSelection()?.removeAllRanges();
    tell("PlaceChosen", location.hash);
  }, { capture: true });

  const keys = ["j", "k", "n", "o", "f", "t", "w"];
  on(document, "keydown", e => {
    if (e.key === "Escape") return void tell("KeyPressed", "Escape");
    if (e.target.closest?.("input, textarea, select, [contenteditable]") || e.ctrlKey || e.altKey || e.metaKey) return;
    if (keys.includes(e.key)) tell("KeyPressed", e.key);
    if (e.key === "c") window.portal?.copy(location.href).then(done => tell("LinkCopied", done));
    if (e.key === "End" && (box.contains(e.target) || e.target === document.body)) tell("KeyPressed", "End");
  });
  on(window, "hashchange", () => tell("PlaceChosen", location.hash));

  const size = new ResizeObserver(later);
  size.observe(box);
  off.signal.addEventListener("abort", () => { size.disconnect(); drawn.disconnect(); });
  views.set(box, { off, stick, hold: () => { held = true; } });
  report();
  return { hash: location.hash, narrow: matchMedia("(max-width: 599.98px)").matches };
}

// Marks a place in the address without a new entry in the history.
export function place(hash) {
  history.replaceState(history.state, "", location.pathname + location.search + (hash ? `#${hash}` : ""));
}

export function scroll(box, top) {
  if (box && Math.abs(box.scrollTop - top) > 1) box.scrollTop = top;
}

export function stick(box) {
  views.get(box)?.stick();
}

export function detach(box) {
  views.get(box)?.off.abort();
}

// The line between log and pane: dragged, or moved with the arrow keys.
export function resize(handle) {
  const columns = handle.closest(".run-columns");
  const set = width => {
    const pixels = Math.round(Math.min(720, Math.max(280, width)));
    columns.style.setProperty("--pane", `${pixels}px`);
    handle.setAttribute("aria-valuenow", pixels);
  };
  const width = () => columns.lastElementChild.getBoundingClientRect().width;
  handle.addEventListener("pointerdown", down => {
    const from = width();
    handle.setPointerCapture(down.pointerId);
    const move = e => set(from + down.clientX - e.clientX);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), { once: true });
  });
  handle.addEventListener("keydown", e => {
    const by = { ArrowLeft: 24, ArrowRight: -24 }[e.key];
    if (by) set(width() + by);
  });
}
