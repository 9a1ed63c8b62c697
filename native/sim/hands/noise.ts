/** Smooth noise between about −1 and 1 on a lattice of step 1. */
export function createNoise(random: () => number): (x: number, y: number) => number {
  const lattice = Float32Array.from({ length: 4096 }, () => random() * 2 - 1)
  return (x, y) => {
    const column = Math.floor(x)
    const row = Math.floor(y)
    const right = x - column
    const down = y - row
    const a = lattice[(column + row * 67) & 4095]!
    const b = lattice[(column + 1 + row * 67) & 4095]!
    const c = lattice[(column + (row + 1) * 67) & 4095]!
    const d = lattice[(column + 1 + (row + 1) * 67) & 4095]!
    const sx = right * right * (3 - 2 * right)
    const sy = down * down * (3 - 2 * down)
    return (a * (1 - sx) + b * sx) * (1 - sy) + (c * (1 - sx) + d * sx) * sy
  }
}
