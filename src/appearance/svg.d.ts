/** What is an imported SVG file? Its text. */

declare module '*.svg' {
  const text: string;
  export default text;
}
