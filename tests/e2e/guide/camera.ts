/**
 * In the page, instead of a camera: a drawn card on a dark table, or a drawn sitter before a light wall, as the step asks.
 * Never the same picture twice, or it would count as frozen.
 */
export function drawnCamera(): void {
  const canvas = document.createElement('canvas')
  canvas.width = 1600
  canvas.height = 1200
  const paint = canvas.getContext('2d')
  if (!paint) return
  const box = (colour: string, x: number, y: number, width: number, height: number) => {
    paint.fillStyle = colour
    paint.fillRect(x, y, width, height)
  }
  const oval = (colour: string, x: number, y: number, width: number, height: number) => {
    paint.fillStyle = colour
    paint.beginPath()
    paint.ellipse(x, y, width, height, 0, 0, 2 * Math.PI)
    paint.fill()
  }
  let frame = 0
  const draw = () => {
    frame++
    if (document.querySelector('h1')?.textContent === 'Giấy tờ') {
      box('#3d4a44', 0, 0, 1600, 1200)
      box('#e4ece7', 300, 270, 1000, 640)
      box('#9fb0a6', 360, 400, 260, 340)
      for (let line = 0; line < 6; line++) box('#6d7d74', 680, 410 + line * 62, line % 2 === 0 ? 540 : 420, 18)
    } else {
      box('#eef1ef', 0, 0, 1600, 1200)
      oval('#5b6b62', 800, 1240, 430, 360)
      oval('#c3b3a2', 800, 620, 190, 260)
      oval('#3b3733', 800, 440, 200, 120)
    }
    box(frame % 2 === 0 ? '#000000' : '#ffffff', 0, 0, 8, 8)
  }
  draw()
  setInterval(draw, 100)
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(10))
}
