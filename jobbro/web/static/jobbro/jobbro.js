// What a page does beyond links and forms. Every page works without this file.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);

  // Components of the design system: bound once per region, since binding twice makes them toggle twice.
  const bound = new WeakSet();
  const bindComponents = (region) => {
    if (bound.has(region) || !window.DKFDS) return;
    bound.add(region);
    window.DKFDS.init(region === document ? undefined : { scope: region });
  };

  const focusErrors = (region) => {
    const summary = region.querySelector(".error-summary");
    if (!summary) return;
    summary.focus();
    const prefix = document.body.dataset.errorPrefix;
    if (!document.title.startsWith(prefix)) document.title = `${prefix} ${document.title}`;
  };

  const clearErrorTitle = () => {
    const prefix = document.body.dataset.errorPrefix;
    if (!document.querySelector(".error-summary") && document.title.startsWith(prefix)) {
      document.title = document.title.slice(prefix.length).trim();
    }
  };

  // A link in the error summary puts the cursor in the field and brings its label into view.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const field = link && byId(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const group = field.closest(".form-group") || field;
    group.scrollIntoView();
    field.focus({ preventScroll: true });
  });

  // When nothing could be swapped in, say so where a screen reader hears it.
  const tell = (code) => {
    const live = byId("live");
    if (!live) return;
    live.textContent = live.dataset[code] || live.dataset[String(code)[0] === "5" ? "500" : "400"];
    live.hidden = false;
    live.scrollIntoView({ block: "nearest" });
  };
  const tellNothing = () => {
    const live = byId("live");
    if (live && !live.hidden) {
      live.hidden = true;
      live.textContent = "";
    }
  };
  // The session has ended: the form goes once more as an ordinary one, and the login page carries what was typed.
  const sendToLogin = (form, pressed) => {
    if (pressed?.name) {
      const kept = Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value });
      form.append(kept);
    }
    form.submit();
  };
  document.addEventListener("htmx:responseError", (event) => {
    const { elt, xhr, requestConfig } = event.detail;
    if (xhr.status === 401 && elt.matches("form")) sendToLogin(elt, requestConfig.triggeringEvent?.submitter);
    else tell(xhr.status);
  });
  document.addEventListener("htmx:sendError", () => tell("offline"));
  document.addEventListener("htmx:timeout", () => tell("offline"));
  document.addEventListener("htmx:beforeRequest", tellNothing);
  document.addEventListener("htmx:load", (event) => {
    const region = event.detail.elt;
    if (region === document.body) return;
    bindComponents(region);
    focusErrors(region.parentElement || region);
    clearErrorTitle();
  });

  // Hide the screen for visitors: one key or one button. The page below is inert and keeps what was typed.
  const cover = byId("cover");
  const pageTitle = document.title;
  const hideScreen = () => {
    document.title = "jobbro";
    cover.showModal();
    window.speechSynthesis?.cancel();
  };
  if (cover?.showModal) {
    const button = byId("hide-screen");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", hideScreen);
      document.addEventListener("keydown", (event) => {
        if (event.key !== "F9" || event.repeat) return;
        event.preventDefault();
        if (cover.open) cover.close();
        else hideScreen();
      });
    }
    byId("show-screen").addEventListener("click", () => cover.close());
    cover.addEventListener("close", () => { document.title = pageTitle; });
  }

  // htmx notes the address of the page, and an address names a person's file: leave nothing on a shared computer.
  const forgetAddress = () => window.sessionStorage.removeItem("htmx-current-path-for-history");
  window.addEventListener("pagehide", forgetAddress);
  document.addEventListener("htmx:load", forgetAddress);

  // Scripts are deferred, so the page is there.
  bindComponents(document);
  focusErrors(document);
})();
