// The portal's own script: ticking times, copying, colour scheme. Texts come from data attributes of <html>.
(() => {
  const root = document.documentElement;
  const text = (name, values) => Object.entries(values).reduce((t, [k, v]) => t.replace(`{${k}}`, v), root.dataset[name] ?? "");
  const two = n => String(n).padStart(2, "0");

  const duration = seconds => {
    const s = Math.max(0, Math.floor(seconds));
    if (s < 60) return `${s} s`;
    if (s < 3600) return `${Math.floor(s / 60)}:${two(s % 60)}`;
    return `${Math.floor(s / 3600)} h ${two(Math.floor(s % 3600 / 60))}`;
  };

  const day = d => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();

  const relative = then => {
    const now = new Date();
    const seconds = (now - then) / 1000;
    if (seconds < 5) return text("now", {});
    if (seconds < 60) return text("secondsAgo", { n: Math.floor(seconds) });
    if (seconds < 3600) return text("minutesAgo", { n: Math.floor(seconds / 60) });
    if (seconds < 86400 && day(now) === day(then)) return text("hoursAgo", { n: Math.floor(seconds / 3600) });
    const clock = then.toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
    if (day(now) - day(then) <= 90000000) return text("yesterday", { time: clock });
    return then.toLocaleDateString(root.lang, { day: "numeric", month: "short", year: "numeric" });
  };

  const show = element => {
    const then = new Date(element.dateTime);
    const label = element.dataset.tick === "elapsed"
      ? duration(((element.dataset.until ? new Date(element.dataset.until) : new Date()) - then) / 1000)
      : relative(then);
    // The text node itself stays: the renderer holds on to it.
    if (element.firstChild && element.firstChild.data !== label) element.firstChild.data = label;
    if (!element.title) element.title = then.toLocaleString(root.lang, { dateStyle: "medium", timeStyle: "long" });
  };

  const tick = () => document.querySelectorAll("time[data-tick]").forEach(show);
  setInterval(tick, 1000);
  new MutationObserver(changes => {
    if (changes.some(c => c.addedNodes.length)) tick();
  }).observe(root, { childList: true, subtree: true });

  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => root.dataset.scheme === "system" && root.classList.toggle("dark", dark.matches));

  const copyByField = value => {
    const field = document.createElement("textarea");
    field.value = value;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  // Keys: Ctrl K or / for the palette, ? for the list of keys, g and a letter for a page of the navigation. Off while somebody writes or a dialog is open.
  const pages = { d: "./", r: "runs", n: "nodes", s: "sites", p: "projects", c: "clients" };
  let going = 0;
  const writes = target => target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("[role=dialog]");
  const press = id => document.getElementById(id)?.click();

  // Search opens after a round trip to the server: keys that come before its field has the focus are kept for it.
  let ahead = null;
  const search = () => {
    if (!document.getElementById("palette-open")) return;
    ahead = { text: "", until: Date.now() + 5000 };
    press("palette-open");
  };
  const keep = e => {
    if (!ahead || Date.now() > ahead.until || e.ctrlKey || e.metaKey || e.altKey) return false;
    if (e.key.length === 1) ahead.text += e.key;
    else if (e.key === "Backspace") ahead.text = ahead.text.slice(0, -1);
    else {
      if (e.key === "Escape") ahead = null;
      return false;
    }
    return true;
  };
  document.addEventListener("focusin", e => {
    if (e.target.id !== "palette-text") return;
    if (ahead?.text) {
      e.target.value = ahead.text;
      e.target.dispatchEvent(new Event("input", { bubbles: true }));
    }
    ahead = null;
  });
  document.addEventListener("keydown", e => {
    if (keep(e)) {
      e.preventDefault();
      return e.stopImmediatePropagation();
    }
    if (e.target.matches?.("[data-steps]") && (e.key === "ArrowDown" || e.key === "ArrowUp")) return e.preventDefault();
    if ((e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey && e.key.toLowerCase() === "k" && document.getElementById("palette-open")) {
      e.preventDefault();
      return document.querySelector("[role=dialog]") || search();
    }
    if (e.ctrlKey || e.metaKey || e.altKey || writes(e.target)) return;
    const page = Date.now() - going < 1500 && pages[e.key];
    going = e.key === "g" ? Date.now() : 0;
    if (page) {
      e.preventDefault();
      e.stopImmediatePropagation();
      document.querySelector(`.side a[href="${page}"]`)?.click();
    } else if (e.key === "/") {
      e.preventDefault();
      search();
    } else if (e.key === "?") press("keys-open");
  }, true);

  // Its address would be resolved against the base of all pages, not against this one.
  document.addEventListener("click", e => {
    if (!e.target.closest?.(".skip-link")) return;
    e.preventDefault();
    document.getElementById("main").focus();
  }, true);

  // Menus of the bar close when something else is pressed, a link in them is followed, or by Escape.
  document.addEventListener("click", e => document.querySelectorAll("details.bar-menu[open]").forEach(menu => {
    if (!menu.contains(e.target) || e.target.closest(".sheet a")) menu.open = false;
  }));
  document.addEventListener("keydown", e => {
    const menu = e.key === "Escape" && document.querySelector("details.bar-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // The portal came back without this page: it is opened again where it was, its address says all of it. Blazor itself asks for some minutes only.
  const reload = () => location.reload();
  const reloadOnceThere = () => fetch("healthz", { cache: "no-store" }).then(answer => answer.ok).catch(() => false).then(there => there ? reload() : setTimeout(reloadOnceThere, 3000));
  document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", e => {
    if (e.detail.state === "rejected") reload();
    else if (e.detail.state === "failed") reloadOnceThere();
  });

  window.portal = {
    // True when the text is in the clipboard. Without a secure context only the old way exists.
    copy: async value => {
      try {
        await navigator.clipboard.writeText(value);
        return true;
      } catch {
        return copyByField(value);
      }
    },
    focus: id => document.getElementById(id)?.focus(),
  };
})();
