import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { handsOver } from '#core/training/hands.ts'
import { openTraining } from '#core/training/lessons.ts'
import { app } from 'electron'
import { runProgram } from './program.ts'
import { forkTrainingStage } from './training-stage.ts'

const mainFolder = dirname(fileURLToPath(import.meta.url))

// The training program: the station's sources with simulated devices, a name, a mark and a data folder of its own.
runProgram({
  mainFolder,
  training: {
    folder: 'quay-can-cuoc-luyen-tap',
    name: 'Quầy Căn cước – Luyện tập',
    mark: 'LUYỆN TẬP · ',
    prepare(dataFolder) {
      const folder = join(dataFolder, 'simulated')
      // What the windows take for a camera is a film that the simulated devices draw.
      app.commandLine.appendSwitch('use-fake-device-for-media-stream')
      app.commandLine.appendSwitch('use-file-for-fake-video-capture', join(folder, 'camera.mjpeg'))
      const hands = handsOver(() => forkTrainingStage(mainFolder, folder))
      return {
        devicesFile: join(folder, 'devices.json'),
        ready: () => hands.ready().catch(() => {}),
        open: (desk) => openTraining(hands, desk),
      }
    },
  },
})
