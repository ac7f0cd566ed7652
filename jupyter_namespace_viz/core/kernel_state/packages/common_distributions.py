"""Which distribution has a well-known module, when no environment here has it?

Only names that are in wide use: the command to install a package is shown to users, and a package
of a guessed name may be anybody's.
"""

from __future__ import annotations

from types import MappingProxyType

_OTHER_NAMES = """
Bio biopython
Crypto pycryptodome
IPython ipython
MySQLdb mysqlclient
OpenSSL pyopenssl
PIL pillow
bs4 beautifulsoup4
community python-louvain
cv2 opencv-python
dateutil python-dateutil
docx python-docx
dotenv python-dotenv
faiss faiss-cpu
fitz pymupdf
git gitpython
github pygithub
googleapiclient google-api-python-client
imblearn imbalanced-learn
jwt pyjwt
magic python-magic
mpl_toolkits matplotlib
osgeo gdal
pptx python-pptx
psycopg2 psycopg2-binary
pylab matplotlib
pywt pywavelets
serial pyserial
skimage scikit-image
sklearn scikit-learn
skopt scikit-optimize
slugify python-slugify
talib ta-lib
umap umap-learn
usb pyusb
wx wxpython
yaml pyyaml
zmq pyzmq
"""

_SAME_NAMES = """
aiohttp altair astropy bokeh boto3 bqplot catboost control cupy cvxpy cython dash dask datasets
deap diffusers duckdb emcee fastai fastapi fastcore flask folium gensim geopandas geopy gradio
graphviz gym gymnasium h5py holoviews httpx hvplot imageio ipywidgets jax joblib keras langchain
librosa lightgbm lime lmfit lxml matplotlib missingno mlflow mlxtend mne moviepy nbformat
nest_asyncio netCDF4 networkx nibabel nltk numba numpy openai openpyxl optuna pandas panel
papermill patsy peft pingouin plotly plotnine polars prophet psutil pyarrow pydantic pymc
pymongo pyproj pyspark pytest pytz rasterio rdkit requests rich scipy seaborn selenium
sentence_transformers shap shapely simpy spacy sqlalchemy statsmodels streamlit sympy tabulate
tensorflow textblob tiktoken timm tokenizers torch torchaudio torchvision tornado tqdm
transformers tweepy ultralytics wandb wordcloud xarray xgboost xlrd xlsxwriter yfinance
"""

_DISTRIBUTIONS = {name: name.replace("_", "-").lower() for name in _SAME_NAMES.split()}
_DISTRIBUTIONS |= dict(line.split() for line in _OTHER_NAMES.strip().splitlines())

COMMON_DISTRIBUTIONS = MappingProxyType(_DISTRIBUTIONS)
"""The name of the distribution by that of its top-level module."""
