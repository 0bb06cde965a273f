// A name that can be written over.
function render({ model, el }) {
  el.classList.add("sc-name-field");
  const field = document.createElement("input");
  field.type = "text";
  field.addEventListener("change", () => {
    if (!field.value.trim()) {
      field.value = model.get("value");  // a scenario without a name keeps the one that it had
      return;
    }
    model.set("value", field.value);
    model.save_changes();
  });
  function draw() {
    field.value = model.get("value");
    field.maxLength = model.get("most");
    field.setAttribute("aria-label", model.get("label"));
  }
  for (const what of ["value", "label"]) model.on(`change:${what}`, draw);
  el.append(field);
  draw();
}

export default { render };
