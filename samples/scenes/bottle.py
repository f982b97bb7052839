"""A steel drinking bottle on coloured paper: `python samples/scenes/bottle.py OUT_FOLDER [SHARE_OF_SIZE]`."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import bpy
import stage
from mathutils import Matrix

RADIUS, SHOULDER, NECK = 0.365, 1.72, 2.12


def body() -> Any:
    """The powder-coated body, open at the top."""
    corners = [(0, 0.10, 0), (0.30, 0.10, 0), (RADIUS, 0.10, 0.04), (RADIUS, SHOULDER, 0.28), (0.235, 2.02, 0.1)]
    corners += [(0.235, NECK, 0.015), (0.20, NECK, 0.015), (0.20, 1.9, 0)]
    thing = stage.lathe("body", stage.rounded(corners, steps=14))
    paint = stage.Shader.new("powder", Base_Color=(0.018, 0.075, 0.052), Roughness=0.48, Specular_IOR_Level=0.45)
    paint.bump(paint.noise(150, detail=2), depth=0.004, strength=0.42)
    paint.on(thing)
    return thing


def trim() -> list[Any]:
    """The bare foot and the ring at the neck, brushed around."""
    foot = [(0, 0.0, 0), (0.30, 0.0, 0.02), (RADIUS - 0.008, 0.02, 0.02), (RADIUS - 0.008, 0.1, 0)]
    ring = [(0.2, NECK, 0), (0.243, NECK, 0.008), (0.243, NECK + 0.045, 0.008), (0.2, NECK + 0.045, 0)]
    parts = [stage.lathe("foot", stage.rounded(foot)), stage.lathe("ring", stage.rounded(ring))]
    metal = stage.Shader.new("steel", Base_Color=(0.62, 0.61, 0.59), Metallic=1.0, Roughness=0.26, Anisotropic=0.6)
    metal.bump(metal.noise(4, detail=5, stretch=(1, 1, 60)), depth=0.002, strength=0.25)
    metal.on(*parts)
    return parts


def lid() -> list[Any]:
    """A bamboo stopper with a steel plate and a carrying loop of cord."""
    base = NECK + 0.045
    rim = [(0, base, 0), (0.262, base, 0.012), (0.262, base + 0.25, 0.03), (0, base + 0.25, 0)]
    stopper = stage.lathe("stopper", stage.rounded(rim))
    stage.wood("bamboo", dark=(0.42, 0.235, 0.10), light=(0.66, 0.45, 0.225), along=(6, 6, 0.5)).on(stopper)
    bends = [(-0.17, 0.2), (-0.185, 0.40), (-0.11, 0.55), (0, 0.60), (0.11, 0.55), (0.185, 0.40), (0.17, 0.2)]
    loop = stage.tube("loop", stage.spline([(x, 0, base + z) for x, z in bends]), across=0.036, thick=0.036)
    cord = stage.Shader.new("cord", Base_Color=(0.43, 0.235, 0.11), Roughness=0.62)
    x, y, z = cord.axes()
    along = cord.maths("ADD", cord.maths("MULTIPLY", x, 95), cord.maths("MULTIPLY", z, 95))
    weave = cord.maths("SINE", cord.maths("ADD", along, cord.maths("MULTIPLY", y, 60)))
    cord.bump(weave, depth=0.008, strength=0.7)
    cord.on(loop)
    return [stopper, loop]


def print_on_body(text: str, *, size: float, height: float, font: str | None = None) -> Any:
    """Words printed around the body, facing -y."""
    curve = bpy.data.curves.new("print", "FONT")
    curve.body, curve.size, curve.align_x, curve.space_character = text, size, "CENTER", 1.12
    curve.extrude = 0.0006
    if font:
        curve.font = bpy.data.fonts.load(font)
    letters = bpy.data.objects.new("print", curve)
    bpy.context.collection.objects.link(letters)
    for thing in bpy.context.scene.objects:
        thing.select_set(thing is letters)
    bpy.context.view_layer.objects.active = letters
    bpy.ops.object.convert(target="MESH")
    letters.modifiers.new("fine", "REMESH").voxel_size = 0.0022
    bpy.ops.object.convert(target="MESH")
    for vertex in letters.data.vertices:
        angle, out = vertex.co.x / RADIUS, RADIUS + 0.0012 + vertex.co.z
        vertex.co = (out * math.sin(angle), -out * math.cos(angle), vertex.co.y + height)
    ink = stage.Shader.new("ink", Base_Color=(0.80, 0.755, 0.66), Roughness=0.5)
    ink.on(letters)
    return letters


def studio() -> None:
    """Apricot paper under a low sun-like key and a wide fill."""
    stage.clear()
    paper = stage.Shader.new("paper", Base_Color=(0.80, 0.345, 0.165), Roughness=0.85, Specular_IOR_Level=0.2)
    paper.on(stage.sweep(back=4.2, height=9, radius=2.2, wide=12))
    stage.ambient((1, 0.96, 0.92), 0.42)
    stage.softbox((-3.4, -2.6, 4.6), (0, 0, 1.0), size=(0.9, 0.9), watts=300, colour=(1, 0.95, 0.88))
    stage.softbox((3.2, -2.2, 2.2), (0, 0, 1.2), size=(1.0, 3.4), watts=75)
    stage.softbox((-2.6, 1.8, 2.6), (0, 0, 1.4), size=(0.6, 3.0), watts=90)


def main() -> None:
    """Render the two photos."""
    folder, share = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    font = sys.argv[3] if len(sys.argv) > 3 else None
    tall = stage.Print(width=round(1600 * share), height=round(2000 * share), samples=48)
    studio()
    parts = [body(), *trim(), *lid(), print_on_body("SIERRA", size=0.19, height=1.06, font=font)]
    parts.append(print_on_body("750 ml", size=0.075, height=0.93, font=font))
    pose(parts, Matrix.Rotation(math.radians(-14), 4, "Z"))
    stage.camera((0.3, -8.4, 2.35), (0.04, 0, 1.36), lens=88, stop=11, focus=(0, -0.3, 1.2))
    stage.render(folder / "01.jpg", tall)
    pose(parts, Matrix.Rotation(math.radians(22), 4, "Z"))
    stage.camera((-1.5, -4.1, 3.75), (0.02, 0, 2.10), lens=100, stop=5.6, focus=(0, -0.2, 2.25))
    stage.render(folder / "02.jpg", tall)


def pose(parts: list[Any], matrix: Matrix) -> None:
    """Place the whole bottle."""
    for part in parts:
        part.matrix_world = matrix


if __name__ == "__main__":
    main()
