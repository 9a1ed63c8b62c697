import type { PageRead, PageSeen, PortraitSeen } from '#native/capability/picture.ts'
import { z } from 'zod'
import { box, failureCode, isoTime, pictureRef, portraitFinding, text } from './dossier-schema.ts'

const point = z.strictObject({ x: z.number(), y: z.number() })
const size = { width: z.int().positive(), height: z.int().positive() }

/** A camera of the desk by what it is for. */
export const cameraRole = z.enum(['portrait-camera', 'document-camera'])
export type CameraRole = z.infer<typeof cameraRole>

/** Ids of cameras change with each start; the label is what a camera is known by. */
export const cameraChoice = z.strictObject({ id: text, label: text })

export const portraitSeen = z.strictObject({
  ...size,
  faces: z.array(box).readonly(),
  landmarks: z
    .strictObject({ leftEye: point, rightEye: point, nose: point, mouth: point, chin: point, crown: point })
    .exactOptional(),
  findings: z.array(portraitFinding.extend({ mark: box.exactOptional() })).readonly(),
  crop: box.extend({ angle: z.number() }).exactOptional(),
}) satisfies z.ZodType<PortraitSeen>

export const pageSeen = z.strictObject({
  ...size,
  corners: z.tuple([point, point, point, point]).readonly().exactOptional(),
  problems: z
    .array(
      z.strictObject({
        problem: z.enum(['page-missing', 'page-cut', 'blurred', 'glare', 'too-dark']),
        value: z.number(),
        mark: box.exactOptional(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<PageSeen>

/** Longer than any field: a code may hold anything, and is only shown. */
const readText = z.string().max(8192)

export const pageRead = z.strictObject({
  codes: z.array(readText).max(50).readonly(),
  mrz: z.tuple([text, text, text]).readonly().exactOptional(),
  texts: z
    .array(
      z.strictObject({
        kind: z.enum(['number', 'date', 'name', 'text']),
        text: readText,
        confidence: z.number().min(0).max(100),
        box,
      }),
    )
    .max(2000)
    .readonly(),
}) satisfies z.ZodType<PageRead>

/** A picture that a watched folder gave, stored and waiting to be used or dropped: `/blob/<picture.name>`. */
export const offeredPicture = z.strictObject({ role: cameraRole, picture: pictureRef, at: isoTime })
export type OfferedPicture = z.infer<typeof offeredPicture>

/** A folder in which a camera's own program saves. */
export const watchedFolder = z.strictObject({
  role: cameraRole,
  folder: z.string().max(1024),
  /** The folder itself cannot be watched. */
  problem: z.enum(['missing', 'unreadable']).exactOptional(),
  /** Files that were left where they are, by name. */
  left: z.array(z.strictObject({ file: z.string().max(300), code: failureCode })).readonly(),
})
export type WatchedFolder = z.infer<typeof watchedFolder>

export const pictureSources = z.strictObject({
  folders: z.array(watchedFolder).readonly(),
  /** Of the dossier under way, newest first. */
  offered: z.array(offeredPicture).readonly(),
})
export type PictureSources = z.infer<typeof pictureSources>
