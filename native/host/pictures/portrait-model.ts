import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { default as Human, Config, FaceResult } from '@vladmandic/human'
import { AppError } from '#domain/failure/index.ts'
import type { ColourImage, Face, FaceFinder } from '#native/imaging/face/index.ts'

const STEP = 'portrait.model'
/** Faces of one picture that are looked at: one more than may be there, and some for those that are no faces. */
const mostFaces = 3
/** From here on the detector thinks of a face; the mesh that is then tried on must fit as well, 0–1. */
const leastSuspicion = 0.25
const leastScore = 0.5
/**
 * Longest side of what the model gets, pixels. Its detector wants 256 and its mesh crops the face out of this picture and
 * rounds points to whole pixels of it: too small a picture makes eyelids and lips a guess.
 */
const wantedSide = 1280
/** The mesh of a face is found in a square of so many pixels, and its depth is told in them. */
const meshSide = 256

const installed = createRequire(import.meta.url)

/** Compiled code and models cannot be read out of a package's archive: electron-builder lays them beside it. */
function onDisk(path: string): string {
  return path.replace(/\bapp\.asar\b(?!\.unpacked)/, 'app.asar.unpacked')
}

/**
 * Loads the models of @vladmandic/human from inside the package (about half a second) onto one core in WebAssembly.
 * Nothing is fetched from anywhere. One picture at a time.
 */
export async function loadFaceModel(): Promise<FaceFinder> {
  // Its `exports` do not name the build for WebAssembly under Node, which lies beside the one they name.
  const folder = dirname(installed.resolve('@vladmandic/human'))
  const { default: Model } = installed(join(folder, 'human.node-wasm.js')) as { readonly default: typeof Human }
  const wasm = onDisk(dirname(installed.resolve('@tensorflow/tfjs-backend-wasm')))
  const human = new Model({
    backend: 'wasm',
    wasmPath: `${wasm}/`,
    modelBasePath: `${pathToFileURL(onDisk(join(folder, '../models'))).href}/`,
    debug: false,
    async: false,
    warmup: 'none',
    cacheModels: false,
    validateModels: false,
    skipAllowed: false,
    cacheSensitivity: 0,
    filter: { enabled: false },
    gesture: { enabled: false },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    segmentation: { enabled: false },
    face: faceConfig(true),
  })
  await withFilesOnly(() => human.load())

  async function run<T>(
    image: ColourImage,
    described: boolean,
    use: (faces: readonly FaceResult[], scale: number) => T,
  ) {
    const { tf } = human
    const scale = wantedSide / Math.max(image.width, image.height)
    const input = tf.tidy(() => {
      const tensor = tf.tensor4d(image.pixels, [1, image.height, image.width, 3], 'int32')
      const size: [number, number] = [Math.round(image.height * scale), Math.round(image.width * scale)]
      const resized = tf.image.resizeBilinear(tensor, size)
      // The detector squeezes whatever it gets into a square, and a squeezed face is found badly or not at all.
      return tf.pad(
        resized,
        [
          [0, 0],
          [0, wantedSide - size[0]],
          [0, wantedSide - size[1]],
          [0, 0],
        ],
        127,
      )
    })
    try {
      const result = await human.detect(input, { face: faceConfig(described) })
      if (result.error) throw new AppError('INTERNAL', STEP)
      const faces = result.face.filter(({ score, mesh }) => score >= leastScore && mesh.length >= 468)
      return use(
        faces.toSorted((one, other) => other.box[2] * other.box[3] - one.box[2] * one.box[3]),
        1 / scale,
      )
    } finally {
      tf.dispose(input)
    }
  }

  return {
    find: (image) => run(image, false, (faces, scale) => faces.map((face) => asFace(face, scale))),
    describe: (image) => run(image, true, (faces) => faces[0]?.embedding),
  }
}

function faceConfig(described: boolean): Config['face'] {
  return {
    enabled: true,
    detector: {
      rotation: true,
      maxDetected: described ? 1 : mostFaces,
      minConfidence: leastSuspicion,
      iouThreshold: 0.1,
      skipFrames: 0,
      skipTime: 0,
      return: false,
    },
    mesh: { enabled: true },
    iris: { enabled: true, skipFrames: 0, skipTime: 0 },
    description: { enabled: described, skipFrames: 0, skipTime: 0, minConfidence: leastSuspicion },
    emotion: { enabled: false },
    antispoof: { enabled: false },
    liveness: { enabled: false },
  }
}

function asFace({ box, mesh, size }: FaceResult, scale: number): Face {
  const [x, y, width, height] = box
  const depth = ((size[0] ?? width) / meshSide) * scale
  return {
    box: { x: x * scale, y: y * scale, width: width * scale, height: height * scale },
    mesh: mesh.map((point) => ({ x: point[0] * scale, y: point[1] * scale, z: (point[2] ?? 0) * depth })),
  }
}

/** The models are asked for with `fetch`, which under Node knows no files; and no network is wanted here. */
async function withFilesOnly<T>(work: () => Promise<T>): Promise<T> {
  const usual = globalThis.fetch
  globalThis.fetch = async (wanted) => {
    const address = wanted instanceof Request ? wanted.url : String(wanted)
    if (!address.startsWith('file:')) throw new AppError('INTERNAL', STEP)
    return new Response(await readFile(fileURLToPath(address)))
  }
  try {
    return await work()
  } finally {
    globalThis.fetch = usual
  }
}
