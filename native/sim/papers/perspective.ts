export type Place = { readonly x: number; readonly y: number }
export type Corners = readonly [Place, Place, Place, Place]

/** Where the corners of a flat thing are seen by a camera above it: `turn` and `tilt` in degrees, `fill` of the frame. */
export function seenCorners(
  thing: { readonly width: number; readonly height: number },
  frame: { readonly width: number; readonly height: number },
  view: { fill: number; turn: number; tilt: number; tiltAxis: number; dx: number; dy: number },
): Corners {
  const focal = 1.15 * Math.max(frame.width, frame.height)
  const [turn, tilt, axis] = [view.turn, view.tilt, view.tiltAxis].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ]
  const halves = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const
  const seen = halves.map(([sx, sy]) => {
    const [x, y] = [(sx * thing.width) / 2, (sy * thing.height) / 2]
    const [u, v] = [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)]
    // Turned out of the plane about an axis that lies in it.
    const along = u * Math.cos(axis) + v * Math.sin(axis)
    const across = -u * Math.sin(axis) + v * Math.cos(axis)
    const flat = across * Math.cos(tilt)
    const depth = across * Math.sin(tilt)
    return {
      x: along * Math.cos(axis) - flat * Math.sin(axis),
      y: along * Math.sin(axis) + flat * Math.cos(axis),
      depth,
    }
  })
  const size = Math.max(
    Math.max(...seen.map(({ x }) => Math.abs(x))) / (frame.width / 2),
    Math.max(...seen.map(({ y }) => Math.abs(y))) / (frame.height / 2),
  )
  const distance = (focal * size) / view.fill
  return seen.map(({ x, y, depth }) => ({
    x: frame.width / 2 + view.dx + (focal * x) / (distance + depth),
    y: frame.height / 2 + view.dy + (focal * y) / (distance + depth),
  })) as unknown as Corners
}

/** The eight numbers that carry `from` to `to`; the ninth is 1. */
export function carry(from: Corners, to: Corners): readonly number[] {
  const rows: number[][] = []
  for (const [index, { x, y }] of from.entries()) {
    const { x: u, y: v } = to[index]!
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v])
  }
  for (let column = 0; column < 8; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column]!) > Math.abs(best[column]!) ? row : best))
    rows.splice(rows.indexOf(pivot), 1)
    rows.splice(column, 0, pivot)
    for (const row of rows) {
      if (row === pivot) continue
      const share = row[column]! / pivot[column]!
      for (let at = column; at < 9; at++) row[at]! -= share * pivot[at]!
    }
  }
  return rows.map((row, index) => row[8]! / row[index]!)
}
