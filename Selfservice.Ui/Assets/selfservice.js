// Optional comfort; every page works without it.
(() => {
  "use strict";
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

  for (const input of document.querySelectorAll("input[type=password][data-show]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ss-reveal";
    button.textContent = input.dataset.show;
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => {
      const reveal = input.type === "password";
      input.type = reveal ? "text" : "password";
      button.textContent = reveal ? input.dataset.hide : input.dataset.show;
    });
    // A password must not be remembered as ordinary text.
    input.form?.addEventListener("submit", () => { input.type = "password"; });
    input.after(button);
    input.parentElement.classList.add("ss-has-reveal");
  }

  const call = (name) => { if (/^ory[A-Za-z]+$/.test(name) && typeof window[name] === "function") window[name](); };
  for (const element of document.querySelectorAll("[data-onclick-trigger]"))
    element.addEventListener("click", () => call(element.dataset.onclickTrigger));
  let loaded = false;
  const load = () => {
    if (loaded) return;
    loaded = true;
    for (const element of document.querySelectorAll("[data-onload-trigger]")) call(element.dataset.onloadTrigger);
  };
  if (window.__oryWebAuthnInitialized) load();
  else window.addEventListener("oryWebAuthnInitialized", load);
})();
