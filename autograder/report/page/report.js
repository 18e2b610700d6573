document.querySelectorAll("table.sortable").forEach((table) => {
  table.querySelectorAll("th button").forEach((button, column) => {
    let up = false;
    button.addEventListener("click", () => {
      up = !up;
      const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
      const number = (text) => (text === "" || Number.isNaN(Number(text)) ? null : Number(text));
      const rows = [...table.tBodies[0].rows];
      rows.sort((one, other) => {
        const a = key(one), b = key(other), x = number(a), y = number(b);
        if ((a === "") !== (b === "")) return a === "" ? 1 : -1;
        const order = x !== null && y !== null ? x - y : a.localeCompare(b);
        return up ? order : -order;
      });
      table.tBodies[0].append(...rows);
    });
  });
});
