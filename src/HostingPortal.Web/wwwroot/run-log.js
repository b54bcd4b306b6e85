// The run page's log: tells the server where the reader is, keeps the view at the end while it follows, and the keys.
const listeners = new WeakMap();

export function attach(box, net) {
  const off = new AbortController();
  listeners.set(box, off);
  const on = (target, type, handler, options = {}) => target.addEventListener(type, handler, { ...options, signal: off.signal });
  const tell = (name, ...values) => net.invokeMethodAsync(name, ...values).catch(() => {});

  let waiting = false;
  const report = () => {
    waiting = false;
    tell("Scrolled", box.scrollTop, box.clientHeight, box.scrollHeight - box.scrollTop - box.clientHeight < 24);
  };
  const later = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(report);
    }
  };
  const pause = () => box.dataset.follow && tell("ReaderMoved");

  on(box, "scroll", later, { passive: true });
  on(box, "wheel", e => e.deltaY < 0 && pause(), { passive: true });
  let touch = 0;
  on(box, "touchstart", e => { touch = e.touches[0].clientY; }, { passive: true });
  on(box, "touchmove", e => e.touches[0].clientY > touch + 8 && pause(), { passive: true });
  on(box, "keydown", e => ["PageUp", "Home", "ArrowUp"].includes(e.key) && pause());
  on(document, "selectionchange", () => {
    const chosen = document.getSelection();
    if (chosen && !chosen.isCollapsed && box.contains(chosen.anchorNode)) pause();
  });

  // A line's number is its address; choosing one must not load the page again.
  on(box, "click", e => {
    const link = e.target.closest("a[data-line]");
    if (!link || e.ctrlKey || e.metaKey) return;
    e.preventDefault();
    e.stopPropagation();
    const line = Number(link.dataset.line);
    history.replaceState(history.state, "", `${location.pathname}${location.search}#L${line}`);
    tell("LineChosen", line, e.shiftKey);
  }, { capture: true });

  on(document, "keydown", e => {
    const typing = e.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || e.ctrlKey || e.altKey || e.metaKey) return;
    if (["j", "k", "n", "o", "f", "t"].includes(e.key)) tell("KeyPressed", e.key);
    if (e.key === "c" && location.hash) window.portal?.copy(location.href);
    if (e.key === "End" && box.contains(e.target)) tell("KeyPressed", "End");
  });

  const size = new ResizeObserver(later);
  size.observe(box);
  off.signal.addEventListener("abort", () => size.disconnect());
  report();
  return location.hash;
}

export function scroll(box, top) {
  if (box && Math.abs(box.scrollTop - top) > 1) box.scrollTop = top;
}

export function detach(box) {
  listeners.get(box)?.abort();
}
