// A list of the browser's own, to choose one of.
function render({ model, el }) {
  const list = document.createElement("select");
  list.addEventListener("change", () => {
    model.set("value", list.value);
    model.save_changes();
  });
  function draw() {
    list.replaceChildren(...model.get("options").map(([key, name]) => new Option(name, key)));
    list.value = model.get("value");
    list.setAttribute("aria-label", model.get("label"));
  }
  for (const what of ["options", "value", "label"]) model.on(`change:${what}`, draw);
  el.append(list);
  draw();
}

export default { render };
