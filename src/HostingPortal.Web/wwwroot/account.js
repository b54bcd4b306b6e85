// Static pages: copying and passkeys. Sentences come from data attributes.
document.addEventListener("click", async event => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  if (await window.portal.copy(source.value ?? source.textContent)) button.textContent = button.dataset.copied;
});

// A form with data-passkey asks the address it names for options, lets the device sign them and posts what came out in its first hidden field.
document.addEventListener("submit", async event => {
  const form = event.target.closest?.("form[data-passkey]");
  if (!form || form.dataset.signed) return;
  event.preventDefault();
  const note = form.querySelector(".form-error");
  note.hidden = true;
  try {
    const token = new FormData();
    token.set("__RequestVerificationToken", form.elements["__RequestVerificationToken"].value);
    const answer = await fetch(form.dataset.passkey, { method: "POST", body: token });
    if (!answer.ok) throw new Error(String(answer.status));
    const options = await answer.json();
    const credential = "passkeyNew" in form.dataset
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    [...form.elements].find(e => e.name.endsWith(".Credential")).value = JSON.stringify(credential.toJSON());
    form.dataset.signed = "1";
    form.submit();
  } catch {
    note.textContent = form.dataset.passkeyRefused;
    note.hidden = false;
  }
});
