// What a visitor takes along and brings: files written here and saved in the browser, the page's link, a file to open.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function render({ model, el }) {
  el.classList.add("sc-files");
  const buttons = element("div", { class: "sc-files-buttons" });
  const said = element("p", { class: "sc-files-said", role: "status" });
  const link = element("input", { type: "text", readonly: "", class: "sc-files-link" });
  const copy = element("button", { type: "button" });
  const file = element("input", { type: "file", accept: ".yaml,.yml", class: "sc-unseen", tabindex: "-1", "aria-hidden": "true" });
  const open = element("button", { type: "button", class: "sc-files-open" });
  const hint = element("span");
  el.append(buttons, said, element("div", { class: "sc-files-row" }, link, copy),
    element("div", { class: "sc-files-row" }, open, hint, file));
  let number = 0;

  function draw() {
    const shown = model.get("shown");
    if (!shown.files) return;
    buttons.replaceChildren(...shown.files.map(([key, name]) => {
      const button = element("button", { type: "button", "data-file": key }, name);
      if (!shown.ready && key !== "scenario") button.setAttribute("disabled", "");
      button.addEventListener("click", () => {
        number += 1;
        said.textContent = shown.making;
        model.set("asked", { key, number, at: location.origin + location.pathname });
        model.save_changes();
      });
      return button;
    }));
    said.textContent = shown.said;
    link.value = location.origin + location.pathname + shown.query;
    link.setAttribute("aria-label", shown.link);
    copy.textContent = shown.copy;
    open.textContent = shown.open;
    hint.textContent = shown.hint;
  }

  copy.addEventListener("click", () => {
    link.select();
    document.execCommand("copy");  // works without https too, as on a hotspot
    copy.textContent = model.get("shown").copied;
  });
  open.addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const chosen = file.files[0];
    if (!chosen) return;
    number += 1;
    let content = "";
    if (chosen.size <= model.get("most")) {
      for (const byte of new Uint8Array(await chosen.arrayBuffer())) content += String.fromCharCode(byte);
    }
    model.set("brought", { number, size: chosen.size, content: btoa(content) });
    model.save_changes();
    file.value = "";
  });
  function take() {
    const made = model.get("made");
    if (!made.name) return;
    const url = URL.createObjectURL(new Blob([bytes(made.content)], { type: made.kind }));
    const anchor = element("a", { href: url, download: made.name });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }
  model.on("change:shown", draw);
  model.on("change:made", take);
  draw();
  return () => {
    model.off("change:shown", draw);
    model.off("change:made", take);
  };
}

export default { render };
