// Runs before the first paint: "system" follows the browser, so that nothing flashes.
document.documentElement.dataset.scheme === "system" &&
  document.documentElement.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);
