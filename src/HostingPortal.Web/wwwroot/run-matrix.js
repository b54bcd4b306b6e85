// The matrix of a large run as one canvas. `marks` holds a digit per cell, row after row, in the order of RunMark.
const side = 12;
const colours = ["success", "success", "text-disabled", "error", "error", "warning", "primary", "text-disabled", "divider"];

export function draw(canvas, net, columns, marks, starts) {
  const rows = Math.ceil(marks.length / columns);
  const scale = window.devicePixelRatio > 1 && rows * side < 8000 ? 2 : 1;
  canvas.width = columns * side * scale;
  canvas.height = rows * side * scale;
  canvas.style.width = `${columns * side}px`;
  canvas.style.height = `${rows * side}px`;
  const style = getComputedStyle(canvas);
  const palette = colours.map(name => style.getPropertyValue(`--mud-palette-${name}`));
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  for (let i = 0; i < marks.length; i++) {
    const [x, y, mark] = [i % columns * side, Math.floor(i / columns) * side, marks.charCodeAt(i) - 48];
    pen.fillStyle = pen.strokeStyle = palette[mark];
    if (starts[i % columns]) pen.clearRect(x, y, 1, side);
    shape(pen, mark, x, y);
  }
  canvas.onclick = e => net.invokeMethodAsync("Chosen", Math.floor(e.offsetY / side), Math.floor(e.offsetX / side));
}

// Shapes first, colour second: dot, square, dash, square with cross, open square, slash.
function shape(pen, mark, x, y) {
  if (mark === 0) return pen.fillRect(x + 4, y + 4, 4, 4);
  if (mark === 1) return pen.fillRect(x + 2, y + 2, 8, 8);
  if (mark === 2 || mark === 8) return pen.fillRect(x + 3, y + 5.5, 6, 1);
  if (mark === 3 || mark === 4) {
    pen.fillRect(x + 1, y + 1, 10, 10);
    return pen.clearRect(x + 3, y + 5, 6, 2);
  }
  if (mark === 5 || mark === 6) return pen.strokeRect(x + 2.5, y + 2.5, 7, 7);
  pen.beginPath();
  pen.moveTo(x + 3, y + 9);
  pen.lineTo(x + 9, y + 3);
  pen.stroke();
}
