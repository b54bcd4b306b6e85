// What people do before the page is live is not lost when the live page takes the place of its first drawing, element by element.
(() => {
  const root = document.documentElement;
  const patience = 10000;
  const isLive = () => "live" in root.dataset;

  // The same element in both drawings: what it is, where it leads, how it is called, and the how-manieth of these it is.
  const called = element => element.href || element.id || element.getAttribute("aria-label") || element.labels?.[0]?.textContent.trim() || element.textContent.trim();
  const alike = (kind, name) => [...document.querySelectorAll(kind)].filter(element => called(element) === name);
  const mark = element => {
    const kind = element.localName;
    const name = called(element);
    const place = alike(kind, name).indexOf(element);
    return { element, until: Date.now() + patience, twin: () => alike(kind, name)[place] };
  };

  // A button has no server behind it yet: it is pressed again once it has.
  let early = null;
  addEventListener("click", e => {
    const button = !isLive() && e.target.closest?.("button[type=button]");
    early = button ? mark(button) : null;
  }, true);
  const pressAgain = () => {
    // One that is still there is the live page's own and was heard.
    if (!early || early.element.isConnected || Date.now() > early.until) return;
    const button = early.twin();
    button ? button.click() : setTimeout(pressAgain, 100);
  };

  // The focus stays where it was: whoever has come somewhere by Tab does not begin again at the top.
  let focused = null;
  addEventListener("focusin", e => focused = isLive() ? null : mark(e.target), true);
  addEventListener("pointerdown", () => focused = null, true);
  const watch = new MutationObserver(() => {
    if (focused && !focused.element.isConnected && document.activeElement === document.body) focused.twin()?.focus({ preventScroll: true });
  });
  watch.observe(document, { childList: true, subtree: true });

  // What is pressed meanwhile is another element when it is let go, and no click comes of it.
  let pressed = null;
  const same = (one, other) => other && one.localName === other.localName && called(one) === called(other);
  addEventListener("pointerdown", e => {
    const plain = e.button === 0 && !e.ctrlKey && !e.metaKey && !e.shiftKey && !e.altKey;
    pressed = plain ? e.target.closest("a[href]:not([target]):not([download]), button[type=button]") : null;
  }, true);
  addEventListener("pointerup", e => {
    const under = document.elementFromPoint(e.clientX, e.clientY)?.closest("a[href], button[type=button]");
    if (pressed && !pressed.isConnected && same(pressed, under)) under.href ? location.assign(under.href) : under.click();
    pressed = null;
  }, true);

  // The page has its server: once, after its first drawing.
  window.portalLive = () => {
    root.dataset.live = "";
    pressAgain();
    setTimeout(() => watch.disconnect(), patience);
  };
})();
