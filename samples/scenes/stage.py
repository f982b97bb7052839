"""What all sample scenes share: shapes, materials, lights, camera, and the render (Blender's Cycles, `bpy` 4.5)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy
from mathutils import Vector

Point = tuple[float, float, float]
Colour = tuple[float, float, float]

# One Blender unit is 10 cm, so that depth of field and light falloff are those of a table-top studio.


def clear() -> None:
    """Start from an empty scene, lit by a faint even white."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    world = bpy.data.worlds.new("room")
    world.use_nodes = True
    bpy.context.scene.world = world


def ambient(colour: Colour, strength: float) -> None:
    """Light that comes from everywhere."""
    background = bpy.context.scene.world.node_tree.nodes["Background"]
    background.inputs["Color"].default_value = (*colour, 1)
    background.inputs["Strength"].default_value = strength


# ── shapes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def mesh(name: str, vertices: list[Point], faces: list[tuple[int, ...]], *, smooth: bool = True) -> Any:
    """A new object in the scene."""
    data = bpy.data.meshes.new(name)
    data.from_pydata(vertices, [], faces)
    data.update()
    if smooth:
        data.shade_smooth()
    thing = bpy.data.objects.new(name, data)
    bpy.context.collection.objects.link(thing)
    return thing


def rounded(corners: list[tuple[float, float, float]], *, steps: int = 8) -> list[tuple[float, float]]:
    """A profile whose corners (r, z, radius) are rounded by quadratic curves."""
    line: list[tuple[float, float]] = []
    for index, (r, z, radius) in enumerate(corners):
        here = Vector((r, z))
        if radius == 0 or index in (0, len(corners) - 1):
            line.append((r, z))
            continue
        towards = [Vector(corners[index + side][:2]) - here for side in (-1, 1)]
        start, end = (here + way.normalized() * min(radius, way.length / 2) for way in towards)
        for step in range(steps + 1):
            t = step / steps
            at = start * (1 - t) ** 2 + here * 2 * t * (1 - t) + end * t**2
            line.append((at.x, at.y))
    return line


def lathe(name: str, profile: list[tuple[float, float]], *, segments: int = 160) -> Any:
    """A body of revolution about z; profile points (r, z) run from the axis to the axis or are left open."""
    vertices: list[Point] = []
    for step in range(segments):
        angle = math.tau * step / segments
        vertices += [(r * math.cos(angle), r * math.sin(angle), z) for r, z in profile]
    rows = len(profile)
    faces: list[tuple[int, ...]] = []
    for step in range(segments):
        here, there = step * rows, (step + 1) % segments * rows
        faces += [(here + k, there + k, there + k + 1, here + k + 1) for k in range(rows - 1)]
    thing = mesh(name, vertices, faces)
    merge = thing.modifiers.new("weld", "WELD")
    merge.merge_threshold = 1e-5
    return thing


def tube(name: str, path: list[Point], *, across: float, thick: float, around: int = 32) -> Any:
    """A strap or rod swept along a path in the xz plane; `across` is its half width in y, `thick` in the plane."""
    vertices: list[Point] = []
    for index, at in enumerate(path):
        before, after = Vector(path[max(index - 1, 0)]), Vector(path[min(index + 1, len(path) - 1)])
        tangent = (after - before).normalized()
        normal = Vector((-tangent.z, 0, tangent.x))
        for step in range(around):
            angle = math.tau * step / around
            offset = normal * thick * math.cos(angle) + Vector((0, across * math.sin(angle), 0))
            vertices.append(tuple(Vector(at) + offset))
    faces: list[tuple[int, ...]] = []
    for row in range(len(path) - 1):
        for k in range(around):
            here, right = row * around + k, row * around + (k + 1) % around
            faces.append((here, right, right + around, here + around))
    faces.append(tuple(reversed(range(around))))
    faces.append(tuple(range((len(path) - 1) * around, len(path) * around)))
    return mesh(name, vertices, faces)


def spline(points: list[Point], *, steps: int = 12) -> list[Point]:
    """A smooth path through points (Catmull-Rom)."""
    path: list[Point] = []
    padded = [points[0], *points, points[-1]]
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        a, b, c, d = (Vector(p) for p in (p0, p1, p2, p3))
        for step in range(steps):
            t = step / steps
            at = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
            path.append(tuple(at))
    return [*path, points[-1]]


def box(name: str, size: Point, at: Point, *, bevel: float, turn: float = 0.0) -> Any:
    """A box with softened edges, standing on z = at[2]."""
    x, y, z = (side / 2 for side in size)
    corners = [(i * x, j * y, k * z) for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]
    faces: list[tuple[int, ...]] = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    thing = mesh(name, corners, faces, smooth=False)
    thing.location = (at[0], at[1], at[2] + z)
    thing.rotation_euler.z = math.radians(turn)
    soften = thing.modifiers.new("bevel", "BEVEL")
    soften.width, soften.segments = bevel, 4
    return thing


def fuse(name: str, parts: list[Any], *, voxel: float, smoothing: int) -> Any:
    """Parts grown together into one skin, with soft joints, as clay does."""
    for part in bpy.context.scene.objects:
        part.select_set(part in parts)
    bpy.context.view_layer.objects.active = parts[0]
    bpy.ops.object.convert(target="MESH")
    bpy.ops.object.join()
    whole = bpy.context.view_layer.objects.active
    whole.name = name
    remesh = whole.modifiers.new("remesh", "REMESH")
    remesh.mode, remesh.voxel_size, remesh.use_smooth_shade = "VOXEL", voxel, True
    smooth = whole.modifiers.new("smooth", "SMOOTH")
    smooth.factor, smooth.iterations = 0.5, smoothing
    whole.modifiers.new("subsurf", "SUBSURF").render_levels = 1
    return whole


def sweep(*, back: float, height: float, radius: float, wide: float) -> Any:
    """A studio background: floor, a round turn, and the wall, in one piece."""
    line = [(-back * 1.6, 0.0), (back - radius, 0.0)]
    line += [
        (back - radius + radius * math.sin(a), radius - radius * math.cos(a))
        for a in (math.pi / 2 * k / 24 for k in range(1, 25))
    ]
    line.append((back, height))
    vertices = [(x, y, z) for x in (-wide, wide) for y, z in line]
    rows = len(line)
    return mesh("sweep", vertices, [(k, k + 1, rows + k + 1, rows + k) for k in range(rows - 1)])


# ── materials ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Shader:
    """A material under construction: a node tree around one Principled BSDF."""

    material: Any
    tree: Any
    bsdf: Any

    @staticmethod
    def new(name: str, **inputs: Any) -> Shader:
        """A material; inputs are the BSDF's, with underscores for spaces."""
        material = bpy.data.materials.new(name)
        material.use_nodes = True
        tree = material.node_tree
        shader = Shader(material, tree, tree.nodes["Principled BSDF"])
        for key, value in inputs.items():
            shader.set(key.replace("_", " "), value)
        return shader

    def set(self, name: str, value: Any) -> None:
        """Give an input of the BSDF a number, a colour or another node's output."""
        socket = self.bsdf.inputs[name]
        if hasattr(value, "is_output"):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = (*value, 1) if isinstance(value, tuple) and socket.type == "RGBA" else value

    def node(self, kind: str, settings: dict[str, Any] | None = None, **inputs: Any) -> Any:
        """A node; `settings` are its properties, inputs as in `new`."""
        node = self.tree.nodes.new(f"ShaderNode{kind}")
        for key, value in (settings or {}).items():
            setattr(node, key, value)
        for key, value in inputs.items():
            socket = node.inputs[int(key[1:])] if key.startswith("i") and key[1:].isdigit() else None
            socket = socket or node.inputs[key.replace("_", " ")]
            if hasattr(value, "is_output"):
                self.tree.links.new(value, socket)
            else:
                socket.default_value = (*value, 1) if isinstance(value, tuple) and socket.type == "RGBA" else value
        return node

    def noise(self, scale: float, *, detail: float = 4, stretch: Point = (1, 1, 1)) -> Any:
        """Values around 0.5 that vary over space (object coordinates)."""
        place = self.node("TexCoord").outputs["Object"]
        mapped = self.node("Mapping", Vector=place, Scale=Vector(stretch)).outputs[0]
        return self.node("TexNoise", Vector=mapped, Scale=scale, Detail=detail).outputs[0]

    def ramp(self, value: Any, *stops: tuple[float, Colour]) -> Any:
        """A number to a colour."""
        node = self.node("ValToRGB", Fac=value)
        elements = node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (at, colour) in zip(elements, stops, strict=True):
            element.position, element.color = at, (*colour, 1)
        return node.outputs[0]

    def mix(self, share: Any, first: Any, second: Any) -> Any:
        """From the first colour to the second."""
        node = self.node("MixRGB", Fac=share, Color1=first, Color2=second)
        return node.outputs[0]

    def maths(self, operation: str, *values: Any) -> Any:
        """Arithmetic on numbers."""
        return self.node("Math", {"operation": operation}, **{f"i{k}": v for k, v in enumerate(values)}).outputs[0]

    def bump(self, height: Any, *, depth: float, strength: float = 1.0) -> None:
        """Relief; depth in scene units."""
        self.set("Normal", self.node("Bump", Height=height, Distance=depth, Strength=strength).outputs[0])

    def axes(self) -> tuple[Any, Any, Any]:
        """x, y and z in the object's own coordinates."""
        split = self.node("SeparateXYZ", Vector=self.node("TexCoord").outputs["Object"])
        return split.outputs[0], split.outputs[1], split.outputs[2]

    def on(self, *things: Any) -> None:
        """Cover objects with the material."""
        for thing in things:
            thing.data.materials.clear()
            thing.data.materials.append(self.material)


def wood(name: str, *, dark: Colour, light: Colour, along: Point, roughness: float = 0.45) -> Shader:
    """Planed wood; `along` is small in the direction of the grain."""
    shader = Shader.new(name, Roughness=roughness, Specular_IOR_Level=0.35)
    grain = shader.noise(3.0, detail=9, stretch=along)
    fine = shader.noise(26.0, detail=6, stretch=along)
    both = shader.maths("ADD", shader.maths("MULTIPLY", grain, 0.7), shader.maths("MULTIPLY", fine, 0.3))
    shader.set("Base Color", shader.ramp(both, (0.36, dark), (0.62, light)))
    shader.bump(fine, depth=0.004, strength=0.35)
    return shader


# ── light and camera ─────────────────────────────────────────────────────────────────────────────────────────────────


def aim(thing: Any, target: Point) -> None:
    """Turn a light or camera so that it looks at a point."""
    thing.rotation_euler = (Vector(target) - thing.location).to_track_quat("-Z", "Y").to_euler()


def softbox(at: Point, target: Point, *, size: tuple[float, float], watts: float, colour: Colour = (1, 1, 1)) -> Any:
    """A rectangular area light."""
    data = bpy.data.lights.new("softbox", "AREA")
    data.shape, data.size, data.size_y = "RECTANGLE", *size
    data.energy, data.color = watts, colour
    thing = bpy.data.objects.new("softbox", data)
    thing.location = at
    bpy.context.collection.objects.link(thing)
    aim(thing, target)
    return thing


def camera(at: Point, target: Point, *, lens: float, stop: float, focus: Point) -> None:
    """The camera: focal length in mm (36 mm sensor), aperture as f-number, sharp at `focus`."""
    data = bpy.data.cameras.new("camera")
    data.lens = lens
    data.dof.use_dof = True
    # f-numbers belong to metres; a unit is 10 cm, so the same blur needs ten times the opening.
    data.dof.aperture_fstop = stop / 10
    data.dof.focus_distance = (Vector(focus) - Vector(at)).length
    data.dof.aperture_blades = 9
    thing = bpy.data.objects.new("camera", data)
    thing.location = at
    bpy.context.collection.objects.link(thing)
    aim(thing, target)
    bpy.context.scene.camera = thing


@dataclass(frozen=True)
class Print:
    """How a picture is rendered: pixels, light samples a pixel, exposure in stops."""

    width: int
    height: int
    samples: int
    exposure: float = 0.0


def render(path: Path, wanted: Print, *, threads: int = 2) -> None:
    """Render the scene to a JPEG without metadata."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.cycles.samples, scene.cycles.use_adaptive_sampling = wanted.samples, True
    scene.cycles.adaptive_threshold = 0.03
    scene.cycles.use_denoising, scene.cycles.denoiser = True, "OPENIMAGEDENOISE"
    scene.cycles.max_bounces, scene.cycles.sample_clamp_indirect = 10, 8.0
    scene.cycles.caustics_reflective = scene.cycles.caustics_refractive = False
    scene.render.threads_mode, scene.render.threads = "FIXED", threads
    scene.render.resolution_x, scene.render.resolution_y = wanted.width, wanted.height
    scene.view_settings.view_transform = "Khronos PBR Neutral"
    scene.view_settings.exposure = wanted.exposure
    scene.render.image_settings.file_format = "JPEG"
    scene.render.image_settings.quality = 88
    for name in dir(scene.render):
        if name.startswith("use_stamp"):
            setattr(scene.render, name, False)
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    path.write_bytes(bare(path.read_bytes()))


def bare(jpeg: bytes) -> bytes:
    """A JPEG file without its comments and application data (Blender writes render times there)."""
    kept, at = jpeg[:2], 2
    while jpeg[at + 1] != 0xDA:  # start of scan: only picture from here on
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] != 0xFE and not 0xE1 <= jpeg[at + 1] <= 0xEF:
            kept += jpeg[at:end]
        at = end
    return kept + jpeg[at:]
