/** A drawn chart as a file: the SVG as it stands on the page, or a PNG of twice its size. */

const svgOf = (frame: Element): SVGSVGElement | null => frame.querySelector("svg.apexcharts-svg");

export function svgText(frame: Element): string | null {
  const svg = svgOf(frame);
  if (!svg) return null;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  // What is HTML within it (an empty legend) no other program draws.
  for (const foreign of copy.querySelectorAll("foreignObject")) foreign.remove();
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(Math.round(width)));
  copy.setAttribute("height", String(Math.round(height)));
  copy.style.background = backgroundOf(frame);
  return new XMLSerializer().serializeToString(copy);
}

const backgroundOf = (frame: Element) =>
  getComputedStyle(frame).getPropertyValue("--surface").trim() || "#ffffff";

const timesAsLarge = 2;

/** Null where nothing is drawn. */
export async function pngOfSvg(frame: Element): Promise<Blob | null> {
  const text = svgText(frame);
  if (text === null) return null;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * timesAsLarge;
  canvas.height = image.height * timesAsLarge;
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.fillStyle = backgroundOf(frame);
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return pngOf(canvas);
}

export const pngOf = (canvas: HTMLCanvasElement): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
