// Reads files from disk in the format that the simulator accepts.

const MOST = 10;
const LARGEST = 10 * 1024 * 1024;
const TOGETHER = 40 * 1024 * 1024;
const ACCEPTED = { photo: "image/jpeg,image/png,image/webp", document: "" };

// Calls `chosen(kind, files)` with the chosen files; null where they exceed the limits.
export function makeChooser(input, chosen) {
  let kind = "photo";

  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = ""; // so that the same file can be chosen again
    if (files.length) chosen(kind, fits(files) ? await Promise.all(files.map(read)) : null);
  });

  return (wanted) => {
    kind = wanted;
    input.accept = ACCEPTED[wanted];
    input.click();
  };
}

export const choosable = (kind) => kind in ACCEPTED;

function fits(files) {
  const sizes = files.map(({ size }) => size);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  return files.length <= MOST && Math.max(...sizes) <= LARGEST && whole <= TOGETHER && Math.min(...sizes) > 0;
}

function read(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, content: reader.result.split(",")[1] });
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
