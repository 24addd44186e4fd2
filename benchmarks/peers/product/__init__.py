"""The workload written with the parts of this product, as its own behaviours are.

Rows and lists as a bundle (`sim.compiled_bundle`), rules and kernels (`sim.compiled`), keyed chance
(`sim.randomness`), agendas that tell who is due (`sim.world.queues`), the lives of posts as SimPy
processes (`sim.engine.post_life`), days as a list of stages, some of them planned at once
(`sim.engine.day`, `sim.engine.journey`).
"""
