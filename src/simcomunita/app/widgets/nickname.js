// A nickname, and a button that sends it.
function render({ model, el }) {
  el.classList.add("sc-nickname");
  const label = document.createElement("label");
  const input = document.createElement("input");
  const button = document.createElement("button");
  input.type = "text";
  input.autocomplete = "off";
  input.id = `nickname-${Math.random().toString(36).slice(2, 8)}`;
  label.htmlFor = input.id;
  button.type = "button";
  const tell = () => model.send({ kind: "send", nickname: input.value });
  button.addEventListener("click", tell);
  input.addEventListener("keydown", (event) => event.key === "Enter" && tell());
  function draw() {
    const shown = model.get("shown");
    label.textContent = shown.label;
    button.textContent = shown.button;
    input.maxLength = shown.most;
    if (!input.value) input.value = shown.nickname ?? "";
  }
  model.on("change:shown", draw);
  el.append(label, input, button);
  draw();
  return () => model.off("change:shown", draw);
}

export default { render };
