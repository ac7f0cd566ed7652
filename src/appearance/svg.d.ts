/** Which type does an imported SVG file have? */

declare module '*.svg' {
  const text: string;
  export default text;
}
