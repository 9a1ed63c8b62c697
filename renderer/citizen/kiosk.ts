const unwanted = ['contextmenu', 'selectstart', 'dragstart', 'drop', 'copy', 'cut', 'paste'] as const

/** Takes away what a finger may start by accident on a page that has nothing to select, save or open. */
export function lockDown(): void {
  for (const name of unwanted) document.addEventListener(name, (event) => event.preventDefault())
}
