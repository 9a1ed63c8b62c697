import type { CitizenView } from '#contract/index.ts'

export type SceneView<Scene extends CitizenView['scene']> = Extract<CitizenView, { readonly scene: Scene }>
