// Static pages: copying. What is copied stands in the element that data-copy names.
document.addEventListener("click", async event => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  if (await window.portal.copy(source.value ?? source.textContent)) button.textContent = button.dataset.copied;
});
