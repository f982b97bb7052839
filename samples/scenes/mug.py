"""A stoneware mug on white: `python samples/scenes/mug.py OUT_FOLDER [SHARE_OF_SIZE]`."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import bpy
import stage

HEIGHT, RADIUS, WALL = 0.92, 0.44, 0.036


def mug() -> Any:
    """The mug, standing at the origin, its handle towards +x."""
    outside: list[tuple[float, float, float]] = [
        (0, 0.012, 0),
        (0.30, 0.012, 0.02),
        (0.31, 0, 0.02),
        (0.345, 0, 0.02),
        (0.37, 0.05, 0.05),
    ]
    outside += [(0.435, 0.30, 0.2), (RADIUS, 0.62, 0.2), (0.425, HEIGHT, 0.03)]
    inside = [(0.425 - WALL, HEIGHT, 0.03), (RADIUS - WALL, 0.60, 0.2), (0.385, 0.26, 0.16), (0.29, 0.075, 0.1)]
    inside.append((0, 0.06, 0))
    body = stage.lathe("body", stage.rounded(outside + inside, steps=10))
    bends = [(0.40, 0.76), (0.56, 0.775), (0.70, 0.69), (0.715, 0.52), (0.62, 0.345), (0.41, 0.235)]
    path = stage.spline([(x, 0, z) for x, z in bends])
    handle = stage.tube("handle", path, across=0.075, thick=0.036)
    return stage.fuse("mug", [body, handle], voxel=0.0075, smoothing=9)


def glaze() -> stage.Shader:
    """A reactive glaze that breaks brown on edges, cream inside, raw clay at the foot."""
    shader = stage.Shader.new("glaze", Coat_Weight=0.35, Coat_Roughness=0.05, IOR=1.5)
    x, y, z = shader.axes()
    cloud = shader.noise(3.2, detail=8, stretch=(1, 1, 0.6))
    blue = shader.ramp(cloud, (0.33, (0.014, 0.085, 0.105)), (0.52, (0.03, 0.165, 0.18)), (0.68, (0.085, 0.27, 0.26)))
    edge = shader.ramp(shader.node("NewGeometry").outputs["Pointiness"], (0.515, (0, 0, 0)), (0.56, (1, 1, 1)))
    outer = shader.mix(edge, blue, (0.21, 0.115, 0.055))
    speck = shader.ramp(shader.noise(46, detail=2), (0.665, (0, 0, 0)), (0.70, (1, 1, 1)))
    cream = shader.mix(speck, (0.80, 0.745, 0.64), (0.30, 0.19, 0.11))
    radius = shader.maths("SQRT", shader.maths("ADD", shader.maths("MULTIPLY", x, x), shader.maths("MULTIPLY", y, y)))
    # Thrown thin towards the foot: below the wall's inner radius the cream shows again as a band above the clay.
    within = shader.maths("LESS_THAN", radius, RADIUS - WALL + 0.006)
    high = shader.maths("GREATER_THAN", z, 0.045)
    coloured = shader.mix(shader.maths("MULTIPLY", within, high), shader.mix(speck, outer, (0.012, 0.03, 0.032)), cream)
    line = shader.maths("ADD", 0.085, shader.maths("MULTIPLY", shader.maths("SUBTRACT", shader.noise(5), 0.5), 0.03))
    raw = shader.maths("LESS_THAN", z, shader.maths("MULTIPLY", line, shader.maths("GREATER_THAN", radius, 0.3)))
    clay = shader.ramp(shader.noise(70, detail=3), (0.35, (0.40, 0.255, 0.16)), (0.65, (0.56, 0.39, 0.26)))
    shader.set("Base Color", shader.mix(raw, coloured, clay))
    wet = shader.maths("ADD", 0.13, shader.maths("MULTIPLY", cloud, 0.12))
    shader.set("Roughness", shader.maths("ADD", wet, shader.maths("MULTIPLY", raw, 0.6)))
    shader.set("Coat Weight", shader.maths("MULTIPLY", 0.35, shader.maths("SUBTRACT", 1, raw)))
    rings = shader.maths("SINE", shader.maths("MULTIPLY", z, 130))
    relief = shader.maths("ADD", shader.maths("MULTIPLY", rings, 0.12), shader.noise(9, detail=3))
    shader.bump(relief, depth=0.006, strength=0.5)
    return shader


def coffee() -> Any:
    """What is in the mug."""
    surface = stage.lathe("coffee", [(0, 0.80), (0.36, 0.80), (0.388, 0.802), (0.402, 0.812)], segments=96)
    shader = stage.Shader.new("coffee", Roughness=0.08, IOR=1.33)
    x, y, _ = shader.axes()
    radius = shader.maths("SQRT", shader.maths("ADD", shader.maths("MULTIPLY", x, x), shader.maths("MULTIPLY", y, y)))
    swirl = shader.maths("ADD", radius, shader.maths("MULTIPLY", shader.noise(7, detail=6), 0.16))
    crema = ((0.40, (0.020, 0.008, 0.004)), (0.455, (0.10, 0.042, 0.016)), (0.49, (0.26, 0.125, 0.05)))
    shader.set("Base Color", shader.ramp(swirl, *crema))
    shader.on(surface)
    return surface


def studio() -> None:
    """A white sweep under two softboxes and a light from behind."""
    stage.clear()
    white = stage.Shader.new("paper", Base_Color=(0.86, 0.86, 0.85), Roughness=0.7)
    white.on(stage.sweep(back=5, height=8, radius=2.5, wide=12))
    stage.ambient((1, 1, 1), 0.55)
    stage.softbox((-3.2, -1.4, 3.4), (0, 0, 0.4), size=(2.4, 2.4), watts=235, colour=(1, 0.97, 0.93))
    stage.softbox((3.6, -1.8, 2.0), (0, 0, 0.4), size=(1.4, 2.6), watts=70, colour=(0.93, 0.97, 1))
    stage.softbox((0.6, 3.2, 3.6), (0, 0, 0.5), size=(3.0, 1.2), watts=120)


def main() -> None:
    """Render the four photos."""
    folder, share = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    wanted = stage.Print(width=round(1600 * share), height=round(1600 * share), samples=18)
    studio()
    cup = mug()
    glaze().on(cup)
    cup.rotation_euler.z = math.radians(-24)
    stage.camera((0.25, -5.2, 2.15), (0.14, 0, 0.45), lens=128, stop=11, focus=(0, -0.4, 0.5))
    stage.render(folder / "01.jpg", wanted)
    cup.rotation_euler.z = math.radians(-142)
    stage.camera((-0.5, -3.6, 4.1), (-0.11, 0, 0.42), lens=122, stop=11, focus=(0, -0.2, 0.8))
    stage.render(folder / "02.jpg", wanted)
    coffee()
    cup.rotation_euler.z = math.radians(28)
    stage.camera((-0.9, -2.6, 2.35), (0.13, 0, 0.56), lens=84, stop=5, focus=(-0.1, -0.41, 0.9))
    stage.render(folder / "03.jpg", wanted)
    cup.rotation_euler.z = math.radians(-62)
    bpy.data.objects["coffee"].hide_render = True
    stage.camera((-1.7, -2.0, 0.62), (-0.09, -0.2, 0.27), lens=105, stop=8, focus=(-0.28, -0.3, 0.2))
    stage.render(folder / "04.jpg", wanted)


if __name__ == "__main__":
    main()
