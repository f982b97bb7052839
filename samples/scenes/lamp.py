"""A table lamp in a room: `python samples/scenes/lamp.py OUT_FOLDER [SHARE_OF_SIZE]`."""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path
from typing import Any

import bpy
import stage

WARM = (1.0, 0.62, 0.30)


def lamp() -> list[Any]:
    """The lamp at the origin: a lathed foot, a stem, a dome, and the bulb under it."""
    foot = [(0, 0.0, 0), (0.62, 0.0, 0.03), (0.62, 0.07, 0.04), (0.20, 0.20, 0.3), (0.13, 0.6, 0.5), (0.12, 1.75, 0.1)]
    foot += [(0, 1.75, 0)]
    profile = []
    for step in range(33):
        angle = math.pi / 2 * step / 32
        profile.append((1.02 * math.cos(angle), 1.46 + 0.80 * math.sin(angle)))
    inner = [(r * 0.965, 1.455 + (z - 1.46) * 0.955) for r, z in reversed(profile)]
    base = stage.lathe("foot", stage.rounded(foot, steps=14))
    dome = stage.lathe("dome", [*profile[:-1], (0, 2.26), *inner], segments=220)
    lacquer = stage.Shader.new("lacquer", Roughness=0.22, Coat_Weight=0.5, Coat_Roughness=0.04)
    butter = lacquer.ramp(lacquer.noise(1.2, detail=2), (0.3, (0.76, 0.50, 0.135)), (0.7, (0.80, 0.54, 0.155)))
    lacquer.set("Base Color", butter)
    lacquer.bump(lacquer.noise(30, detail=2), depth=0.002, strength=0.12)
    lacquer.on(base, dome)
    white = stage.Shader.new("reflector", Base_Color=(0.9, 0.86, 0.78), Roughness=0.6)
    dome.data.materials.append(white.material)
    for face in dome.data.polygons:
        at = face.center
        face.material_index = int((at.x / 1.0) ** 2 + (at.y / 1.0) ** 2 + ((at.z - 1.455) / 0.78) ** 2 < 1.0)
    knob = stage.lathe("knob", stage.rounded([(0, 2.25, 0), (0.045, 2.25, 0.01), (0.05, 2.31, 0.03), (0, 2.325, 0)]))
    brass = stage.Shader.new("brass", Base_Color=(0.72, 0.46, 0.17), Metallic=1.0, Roughness=0.24)
    collar = [(0.124, 0.98, 0), (0.142, 0.98, 0.01), (0.142, 1.06, 0.01), (0.12, 1.06, 0)]
    ring = stage.lathe("ring", stage.rounded(collar))
    brass.on(knob, ring)
    return [base, dome, knob, ring]


def bulb(watts: float) -> Any:
    """The light under the dome."""
    data = bpy.data.lights.new("bulb", "POINT")
    data.energy, data.color, data.shadow_soft_size = watts, WARM, 0.12
    thing = bpy.data.objects.new("bulb", data)
    thing.location = (0, 0, 1.83)
    bpy.context.collection.objects.link(thing)
    return thing


def room() -> None:
    """A limewashed wall, an oak sideboard, and what stands on it."""
    wall = stage.mesh("wall", [(-9, 1.6, -6), (9, 1.6, -6), (9, 1.6, 9), (-9, 1.6, 9)], [(0, 1, 2, 3)])
    lime = stage.Shader.new("limewash", Roughness=0.9, Specular_IOR_Level=0.15)
    cloud = lime.noise(0.9, detail=8)
    lime.set("Base Color", lime.ramp(cloud, (0.35, (0.50, 0.475, 0.43)), (0.65, (0.62, 0.595, 0.545))))
    lime.bump(lime.noise(14, detail=6), depth=0.015, strength=0.35)
    lime.on(wall)
    board = stage.box("board", (11, 3.0, 0.22), (0, 0, -0.22), bevel=0.025)
    front = stage.box("front", (10.8, 2.8, 4), (0, 0.02, -4.26), bevel=0.03)
    oak = stage.wood("oak", dark=(0.25, 0.135, 0.06), light=(0.46, 0.285, 0.145), along=(0.22, 4, 4))
    oak.on(board, front)
    books()
    vase()


def books() -> None:
    """Three books lying on each other."""
    pages = stage.Shader.new("pages", Base_Color=(0.82, 0.78, 0.68), Roughness=0.8)
    pages.bump(pages.noise(3, detail=4, stretch=(0.2, 0.2, 60)), depth=0.006, strength=0.6)
    covers = [(0.045, 0.115, 0.125), (0.70, 0.63, 0.50), (0.30, 0.075, 0.045)]
    z = 0.0
    for index, colour in enumerate(covers):
        wide, deep, thick = 1.50 - 0.12 * index, 1.06 - 0.06 * index, (0.16, 0.11, 0.14)[index]
        turn = (4, -7, 11)[index]
        cloth = stage.Shader.new("cloth", Base_Color=colour, Roughness=0.75)
        cloth.bump(cloth.noise(120, detail=2), depth=0.003, strength=0.4)
        lower = stage.box("cover", (wide, deep, 0.022), (-1.72, -0.1, z), bevel=0.008, turn=turn)
        upper = stage.box("cover", (wide, deep, 0.022), (-1.72, -0.1, z + thick - 0.022), bevel=0.008, turn=turn)
        cloth.on(lower, upper)
        size = (wide - 0.06, deep - 0.05, thick - 0.044)
        pages.on(stage.box("pages", size, (-1.72, -0.1, z + 0.022), bevel=0.01, turn=turn))
        z += thick


def vase() -> None:
    """A stoneware vase with dried grass."""
    clay = stage.Shader.new("clay", Roughness=0.75)
    clay.set("Base Color", clay.ramp(clay.noise(60, detail=3), (0.36, (0.30, 0.28, 0.25)), (0.44, (0.66, 0.63, 0.57))))
    clay.bump(clay.noise(18, detail=4), depth=0.01, strength=0.4)
    corners: list[tuple[float, float, float]] = [(0, 0.0, 0), (0.26, 0.0, 0.05), (0.46, 0.42, 0.35), (0.15, 0.80, 0.25)]
    corners += [(0.17, 1.02, 0.04), (0.14, 1.02, 0.02), (0.12, 0.7, 0)]
    pot = stage.lathe("vase", stage.rounded(corners, steps=14))
    pot.location = (1.95, 0.45, 0)
    clay.on(pot)
    straw = stage.Shader.new("straw", Base_Color=(0.52, 0.37, 0.20), Roughness=0.8)
    chance = random.Random(7)
    for _ in range(11):
        lean, turn, high = chance.uniform(0.1, 0.62), chance.uniform(0, math.tau), chance.uniform(1.5, 2.3)
        bends = [(0.0, 0.3), (lean * 0.12, 1.0), (lean * 0.45, 0.9 + high * 0.55), (lean * 1.1, 0.9 + high)]
        stem = stage.tube("stem", stage.spline([(x, 0, z) for x, z in bends]), across=0.007, thick=0.007, around=8)
        tuft = [(lean * (1.1 + 0.35 * k), 0.0, 0.9 + high + 0.34 * k) for k in (-0.3, 0.2, 0.6, 1.0)]
        ear = stage.tube("ear", stage.spline(tuft, steps=4), across=0.022, thick=0.026, around=10)
        rough = ear.modifiers.new("rough", "DISPLACE")
        rough.strength, rough.texture = 0.04, bpy.data.textures.new("grain", "CLOUDS")
        rough.texture.noise_scale = 0.03
        for part in (stem, ear):
            part.location, part.rotation_euler.z = (1.95, 0.45, 0), turn
        straw.on(stem, ear)


def window(watts: float, colour: stage.Colour) -> None:
    """Daylight through a window with a cross, from the left."""
    for across, up in ((-0.8, 0.95), (0.8, 0.95), (-0.8, -0.95), (0.8, -0.95)):
        at = (-6.5 + across * 0.5, -4.2 - across * 0.8, 4.6 + up)
        stage.softbox(at, (0.2, 0.6, 0.9), size=(1.2, 1.5), watts=watts / 4, colour=colour)


def main() -> None:
    """Render the three photos."""
    folder, share = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    tall = stage.Print(width=round(1600 * share), height=round(2000 * share), samples=14)
    stage.clear()
    room()
    lamp()
    light = bulb(95)
    stage.ambient((0.85, 0.92, 1.0), 0.34)
    window(900, (1, 0.965, 0.92))
    stage.camera((-0.35, -8.6, 1.75), (0.02, 0, 1.28), lens=66, stop=5.6, focus=(0, -0.5, 1.5))
    stage.render(folder / "01.jpg", tall)
    stage.camera((-2.2, -5.2, 2.5), (0.04, 0, 1.72), lens=62, stop=5, focus=(-0.3, -0.8, 1.75))
    stage.render(folder / "02.jpg", tall)
    light.data.energy = 210
    for thing in bpy.data.objects:
        if thing.name.startswith("softbox"):
            thing.data.energy *= 0.10
            thing.data.color = (0.55, 0.70, 1.0)
    stage.ambient((0.55, 0.68, 1.0), 0.09)
    stage.camera((0.7, -8.0, 1.45), (-0.22, 0, 1.22), lens=54, stop=5.6, focus=(0, -0.5, 1.4))
    stage.render(folder / "03.jpg", tall)


if __name__ == "__main__":
    main()
